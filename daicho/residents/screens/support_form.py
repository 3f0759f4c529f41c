"""申出書の様式 — the fields of an application for 支援措置, filled from the register, and what was typed as an application. 標準仕様1.1.16."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daicho import clock
from daicho.residents.queries.sheet_view import SheetView
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.support_details import AFFAIR_JA, OFFERED, PLACE_JA, STANDING_JA, Applicant, Asked, Companion, Details, Opponent, Place, Standing
from daicho.residents.rules.vocabulary import SEXES, word
from daicho.residents.screens.search import kana_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldGroup, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

OPPONENTS = (1, 2)
_LONG = 300


def _text(name: str, label: str, hint: str = "", **more: object) -> FieldSpec:
    return FieldSpec(name, label, width=Width.FULL, max_length=_LONG, hint=hint, **more)  # type: ignore[arg-type]


def _lines(name: str, label: str) -> FieldSpec:
    return FieldSpec(name, label, Kind.TEXTAREA, max_length=_LONG * 5, hint="1行に一つ")


def _box(asked: Asked) -> str:
    return f"{asked.affair}:{asked.place}"


_BOXES = {_box(Asked(affair, place)): Asked(affair, place) for affair, place in OFFERED}
_RECEIVED = FieldGroup(
    "received", "受付",
    (
        FieldSpec("applied_on", "申出の年月日", Kind.DATE, required=True, width=Width.MEDIUM),
        FieldSpec("standing", "申出者にとっての当市", Kind.RADIO, required=True, choices=tuple(Choice(one, STANDING_JA[one]) for one in Standing)),
        _text("first_municipality", "当初受付市区町村", "転送を受けた申出のときだけ"),
        FieldSpec("forwarded_received_on", "転送された申出書の受付年月日", Kind.DATE, width=Width.MEDIUM, hint="転送を受けた申出のときだけ"),
        _text("agency", "相談機関", "警察、配偶者暴力相談支援センター、児童相談所など"),
    ),
)  # fmt: skip
_AFFAIRS = FieldGroup(
    "affairs", "支援を求められた事務と抑止対象",
    (
        FieldSpec("asked", "事務", Kind.CHECKBOXES, choices=tuple(Choice(key, f"{AFFAIR_JA[one.affair]}（{PLACE_JA[one.place]}）") for key, one in _BOXES.items())),
        *(_text(f"where_{place}", f"抑止対象の{PLACE_JA[place]}") for place in Place),
    ),
    "はじめはすべて選ばれています。申出書に印がないものだけを外してください。",
)  # fmt: skip
_APPLICANT = FieldGroup(
    "applicant", "申出者",
    (
        _text("name", "氏名"), _text("name_kana", "氏名のフリガナ"), _text("alias", "通称"), _text("alias_kana", "通称のフリガナ"),
        FieldSpec("birth_date", "生年月日", width=Width.MEDIUM, max_length=40), FieldSpec("sex", "性別", width=Width.SHORT, max_length=10),
        _text("address", "住所"), _lines("former_addresses", "前住所等"), _text("domicile", "本籍"), _lines("former_domiciles", "前本籍等"),
        _text("last_address_here", "当市での最終住所", "前住所地として受けるとき"),
        _text("moved_to_in_column", "統合記載欄に記載された転出先住所"), _text("moved_to_planned", "転出届に基づく転出先住所（予定）"),
        _text("moved_to_notified", "転入通知に基づく転出先住所"),
        FieldSpec("telephone", "電話番号", width=Width.MEDIUM, max_length=40), FieldSpec("mobile", "携帯電話番号", width=Width.MEDIUM, max_length=40),
        FieldSpec("email", "メールアドレス等", width=Width.LONG, max_length=200),
    ),
)  # fmt: skip


def _opponent(number: int) -> FieldGroup:
    key = f"opponent{number}_"
    return FieldGroup(
        f"opponent{number}", f"相手方（加害者）{'' if number == 1 else number}",
        (
            _text(f"{key}name", "相手方の氏名"),
            FieldSpec(f"{key}atena_no", "相手方の宛名番号", letters="digits", width=Width.MEDIUM, max_length=20, hint="当市に住民票か除票がある人だけ"),
            FieldSpec(f"{key}birth_date", "相手方の生年月日", width=Width.MEDIUM, max_length=40),
            FieldSpec(f"{key}sex", "相手方の性別", width=Width.SHORT, max_length=10),
            _text(f"{key}address", "相手方の住所"), _text(f"{key}other", "相手方についてのその他の事項"),
        ),
    )  # fmt: skip


DETAILS = (_AFFAIRS, _APPLICANT, *(_opponent(number) for number in OPPONENTS))
GROUPS = (_RECEIVED, *DETAILS)
NOT_NEEDED = FieldSpec(
    "not_needed_told_on", "支援の必要がないことの連絡年月日", Kind.DATE, width=Width.MEDIUM, hint="必要性がないことを確認し、申出者に連絡したとき"
)
SPECS = tuple(spec for group in GROUPS for spec in group.fields)
DETAIL_SPECS = (NOT_NEEDED, *(spec for group in DETAILS for spec in group.fields))


def relation_specs(members: Sequence[SheetView]) -> tuple[FieldSpec, ...]:
    """Of each member of the household: whether they are protected too, and what they are to the applicant."""
    found: list[FieldSpec] = []
    for member in members:
        name = shown_name(member.entries) or "（氏名空欄）"
        found.append(FieldSpec(f"with_{member.public_id}", f"{name}も併せて支援を求める", Kind.CHECKBOX))
        found.append(FieldSpec(f"relation_{member.public_id}", f"{name}の申出者との関係", width=Width.MEDIUM, max_length=40, hint="例　子"))
    return tuple(found)


def opening(person: SheetView) -> dict[str, str | Sequence[str]]:
    """An application as the register fills it, every box ticked."""
    e = person.entries
    home = "　".join(part for part in (e.address, e.address_building) if part)
    return {
        "applied_on": wareki_text(clock.today()),
        "standing": Standing.PRESENT if person.is_open else Standing.FORMER,
        "asked": list(_BOXES),
        "where_address": home,
        "where_former_address": e.previous_address or "",
        "where_domicile": e.registered_domicile or "",
        "name": shown_name(e) or "",
        "name_kana": kana_of(e),
        "alias": e.foreign_alias or "",
        "alias_kana": e.foreign_alias_kana or "",
        "birth_date": person.birth_text,
        "sex": word(SEXES, e.sex_code or ""),
        "address": home if person.is_open else "",
        "former_addresses": e.previous_address or "",
        "domicile": e.registered_domicile or "",
        "last_address_here": "" if person.is_open else home,
        "moved_to_planned": e.planned_move_out_address or "",
        "moved_to_notified": e.confirmed_move_out_address or "",
    }


@dataclass(frozen=True)
class Typed:
    """An application as read: `days` by the field's name."""

    asked: tuple[Asked, ...]
    details: Details
    days: Mapping[str, date]


def read(form: BoundForm, atena_no: str, companions: tuple[Companion, ...], days: Sequence[str]) -> tuple[BoundForm, Typed]:
    """What was typed, with every fault of a day at its field. ValueError for a box that the form does not have (F-1-04)."""
    chosen = form.cleaned_values("asked")
    if not set(chosen) <= _BOXES.keys():
        raise ValueError("no such box")
    asked = tuple(Asked(_BOXES[key].affair, _BOXES[key].place, form.value(f"where_{_BOXES[key].place}")) for key in chosen)
    applicant = Applicant(
        atena_no=atena_no,
        **{name: form.value(name) for name in _PLAIN},
        **{name: tuple(line.strip() for line in form.value(name).splitlines() if line.strip()) for name in ("former_addresses", "former_domiciles")},
    )
    opponents = tuple(one for number in OPPONENTS if (one := _read_opponent(form, number)) != Opponent())
    agency = form.value("agency") if "agency" in {spec.name for spec in form.specs} else ""
    form, read_days = _read_days(form, days)
    return form, Typed(asked, Details(applicant, companions, opponents, agency), read_days)


_PLAIN = tuple(spec.name for spec in _APPLICANT.fields if spec.kind is not Kind.TEXTAREA)


def _read_opponent(form: BoundForm, number: int) -> Opponent:
    return Opponent(**{name: form.value(f"opponent{number}_{name}") for name in ("name", "atena_no", "birth_date", "sex", "address", "other")})


def _read_days(form: BoundForm, names: Sequence[str]) -> tuple[BoundForm, dict[str, date]]:
    days: dict[str, date] = {}
    faults = []
    for name in names:
        day, fault = read_day(form.value(name))
        if day is not None:
            days[name] = day
        if fault:
            faults.append(Problem(name, fault))
    return form.with_problems(faults), days


def read_day(text: str) -> tuple[date | None, str]:
    """A calendar day as typed, or what is wrong with it; (None, "") for none."""
    if not text:
        return None, ""
    try:
        day = JapaneseDate.parse(text)
    except BadDate as bad:
        return None, str(bad)
    return (day.first, "") if day.is_calendar else (None, "暦にある年月日を入力してください。")


def typed_of(details: Details, asked: Sequence[Asked], not_needed: date | None) -> dict[str, str | Sequence[str]]:
    """A writing of the application as the form would be typed, to be mended."""
    a = details.applicant
    typed: dict[str, str | Sequence[str]] = {name: getattr(a, name) for name in _PLAIN}
    typed |= {"former_addresses": "\n".join(a.former_addresses), "former_domiciles": "\n".join(a.former_domiciles)}
    typed |= {"asked": [_box(one) for one in asked], **{f"where_{one.place}": one.where for one in asked}}
    for number, one in zip(OPPONENTS, details.opponents, strict=False):
        typed |= {f"opponent{number}_{name}": value for name, value in vars(one).items()}
    return {**typed, "not_needed_told_on": wareki_text(not_needed) if not_needed else ""}
