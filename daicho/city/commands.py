"""市の設定の登録 — settings by two persons, offices, terminals, certifiers. 標準1.3.1, 1.3.9; spec/domain.md §13.

A new row ends the one before it on the day before its own begins; nothing is overwritten except a row of the same day.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models as db
from django.db import transaction
from django.db.models import Q

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.city import models
from daicho.city.defaults import DEFAULTS, Value
from daicho.city.permissions import CityPermission
from daicho.city.provisioning import tell_places, tell_setting
from daicho.city.queries import UnknownSetting
from daicho.city.values import Certifier, Office, Terminal
from daicho.outbox.leading import is_led
from daicho.values.municipalities import is_designated_city


class CityProblem(ValueError):
    """What a clerk must mend before it can be registered; the message is Japanese."""


@transaction.atomic
def enter_setting(actor: Actor, key: str, value: Value, valid_from: date, *, reason: str, valid_to: date | None = None) -> int:
    """Enter a value for a period; it holds once another officer has approved it. Returns the row's id. CityProblem says what is wrong."""
    audit.require(actor, CityPermission.SETTING_ENTER)
    _must_lead(actor)
    if key not in DEFAULTS:
        raise UnknownSetting(key)
    default = DEFAULTS[key]
    if not default.accepts(value):
        raise CityProblem(f"「{default.ja}」は{default.accepts_ja}で入力してください。")
    if default.must_in_designated_city and not value and is_designated_city(settings.INSTALLATION.prefecture_name + settings.INSTALLATION.municipality_name):
        raise CityProblem(f"「{default.ja}」は、指定都市では必須の機能です。使わないことにはできません（{default.source}）。")
    if not reason.strip():
        raise CityProblem(f"「{default.ja}」を変える理由を入力してください。")
    _must_be_period(default.ja, valid_from, valid_to)
    row = models.Setting.objects.create(
        municipality_code=_municipality(),
        key=key,
        value=value,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason.strip(),
        entered_by=actor.login,
        entered_at=clock.now(),
    )
    audit.record(actor, CityPermission.SETTING_ENTER, detail={"setting": key, "row": row.pk, "valid_from": valid_from.isoformat()})
    return row.pk


@transaction.atomic
def approve_setting(actor: Actor, setting_id: int) -> None:
    """Put an entered value in force. Not by the one who entered it; a value for days already past would change what was shown then."""
    audit.require(actor, CityPermission.SETTING_APPROVE)
    _must_lead(actor)
    row = models.Setting.objects.select_for_update().filter(municipality_code=_municipality(), pk=setting_id).first()
    if row is None or row.approved_at is not None:
        raise CityProblem("この設定値は承認待ちではありません。一覧を開き直してください。")
    name = DEFAULTS[row.key].ja if row.key in DEFAULTS else row.key
    if row.entered_by == actor.login:
        raise CityProblem(f"「{name}」を入力した職員は承認できません。別の職員が承認してください。")
    if row.valid_from < clock.today():
        raise CityProblem(f"「{name}」の有効開始日が過ぎています。今日以後の日付で入力し直してください。")
    row.approved_by = actor.login
    row.approved_at = clock.now()
    row.save(update_fields=["approved_by", "approved_at"])
    audit.record(actor, CityPermission.SETTING_APPROVE, detail={"setting": row.key, "row": row.pk})
    tell_setting(actor, row)


@transaction.atomic
def register_office(actor: Actor, office: Office, valid_from: date) -> None:
    """Register an 入力場所, or rename it from that day on."""
    audit.require(actor, CityPermission.OFFICE_REGISTER)
    _must_lead(actor)
    _must_be_filled("入力場所", office.code, office.name)
    given = {"name": office.name, "counter_name": office.counter_name, "postal_code": office.postal_code, "address": office.address, "order": office.order}
    _replace(models.Office, {"code": office.code}, valid_from, given)
    audit.record(actor, CityPermission.OFFICE_REGISTER, detail={"office": office.code, "valid_from": valid_from.isoformat()})
    tell_places(actor)


@transaction.atomic
def register_terminal(actor: Actor, terminal: Terminal, valid_from: date) -> None:
    """Register an 入力端末 in an office that exists on that day, or change its name, office or printer from that day on."""
    audit.require(actor, CityPermission.OFFICE_REGISTER)
    _must_lead(actor)
    _must_be_filled("入力端末", terminal.code, terminal.name)
    if not _in_force(models.Office, valid_from).filter(code=terminal.office_code).exists():
        raise CityProblem(f"場所コード「{terminal.office_code}」の入力場所は{valid_from.isoformat()}に登録されていません。先に入力場所を登録してください。")
    given = {"name": terminal.name, "office_code": terminal.office_code, "printer": terminal.printer, "order": terminal.order}
    _replace(models.Terminal, {"code": terminal.code}, valid_from, given)
    audit.record(actor, CityPermission.OFFICE_REGISTER, detail={"terminal": terminal.code, "valid_from": valid_from.isoformat()})
    tell_places(actor)


@transaction.atomic
def close_office(actor: Actor, code: str, last_day: date) -> None:
    """End an 入力場所 and its terminals with that day (廃止)."""
    audit.require(actor, CityPermission.OFFICE_REGISTER)
    _must_lead(actor)
    ended = _in_force(models.Office, last_day).filter(code=code).update(valid_to=last_day)
    if not ended:
        raise CityProblem(f"場所コード「{code}」の入力場所は{last_day.isoformat()}に登録されていません。コードと日付を確認してください。")
    _in_force(models.Terminal, last_day).filter(office_code=code).update(valid_to=last_day)
    audit.record(actor, CityPermission.OFFICE_REGISTER, detail={"office": code, "last_day": last_day.isoformat()})
    tell_places(actor)


@transaction.atomic
def close_terminal(actor: Actor, code: str, last_day: date) -> None:
    """End an 入力端末 with that day (廃止)."""
    audit.require(actor, CityPermission.OFFICE_REGISTER)
    _must_lead(actor)
    if not _in_force(models.Terminal, last_day).filter(code=code).update(valid_to=last_day):
        raise CityProblem(f"端末コード「{code}」の入力端末は{last_day.isoformat()}に登録されていません。コードと日付を確認してください。")
    audit.record(actor, CityPermission.OFFICE_REGISTER, detail={"terminal": code, "last_day": last_day.isoformat()})
    tell_places(actor)


@transaction.atomic
def appoint_certifier(actor: Actor, certifier: Certifier, valid_from: date, valid_to: date | None = None) -> None:
    """Register the mayor from a day on, or a deputy for a period (職務代理者期間, N-1.3.9-02). Name and prefecture are demanded (1.3.9-04, 5.6-04)."""
    audit.require(actor, CityPermission.CERTIFIER_APPOINT)
    _must_lead(actor)
    prefecture = settings.INSTALLATION.prefecture_name
    if not certifier.name.strip():
        raise CityProblem("認証者の氏名が空欄です。氏名を入力してください（標準仕様書1.3.9）。")
    if not certifier.title.startswith(prefecture):
        raise CityProblem(f"認証者の職名に都道府県名がありません。「{prefecture}」から始まる職名を入力してください（標準仕様書5.6）。")
    if certifier.is_deputy and valid_to is None:
        raise CityProblem("職務代理者の期間の終わりの日を入力してください（標準仕様書1.3.9）。")
    _must_be_period("認証者", valid_from, valid_to)
    kind = models.Certifier.Kind.DEPUTY if certifier.is_deputy else models.Certifier.Kind.MAYOR
    given = {"title": certifier.title.strip(), "name": certifier.name.strip(), "seal_name": certifier.seal_name, "valid_to": valid_to}
    _replace(models.Certifier, {"kind": kind}, valid_from, given)
    audit.record(actor, CityPermission.CERTIFIER_APPOINT, detail={"kind": kind.value, "valid_from": valid_from.isoformat()})
    tell_places(actor)


def _must_lead(actor: Actor) -> None:
    if is_led(actor):
        raise CityProblem("市の設定、入力場所、端末、認証者は、住民記録のシステムで登録してください。ここには1分以内に反映されます。")


def _replace(model: type[db.Model], key: dict[str, str], valid_from: date, given: dict[str, Any]) -> None:  # Any: column values
    """End the rows of `key` that reach into the new period, and put the new row; one of the same day is corrected."""
    rows = _all(model).filter(**key)
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), valid_from__lt=valid_from).update(valid_to=valid_from - timedelta(days=1))
    model._default_manager.update_or_create(municipality_code=_municipality(), **key, valid_from=valid_from, defaults={"valid_to": None, **given})


def _all(model: type[db.Model]) -> db.QuerySet[Any]:  # Any: any of our models
    return model._default_manager.filter(municipality_code=_municipality())


def _in_force(model: type[db.Model], on: date) -> db.QuerySet[Any]:  # Any: any of our models
    return _all(model).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


def _must_be_filled(label: str, code: str, name: str) -> None:
    if not code.strip() or not name.strip():
        raise CityProblem(f"{label}のコードと名称を入力してください。")


def _must_be_period(label: str, valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise CityProblem(f"「{label}」の有効終了日が有効開始日より前です。日付を確認してください。")


def _municipality() -> str:
    return str(settings.INSTALLATION.municipality_code)
