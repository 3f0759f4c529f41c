"""個人番号を利用できる事務の登録 — entered by one officer, in force when another has approved it. 番号法第9条第1項 別表; S4-06, F-1-06."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from daicho import audit, clock
from daicho.atena.models import LegalUseEntry, municipality_code
from daicho.atena.permissions import AtenaPermission
from daicho.atena.rules.vocabulary import REGISTER

ENTER, APPROVE = AtenaPermission.LEGAL_USE_ENTER, AtenaPermission.LEGAL_USE_APPROVE


class UseProblem(ValueError):
    """What an officer must mend; `field` names the item, the message is Japanese."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class UseForm:
    """An entry as it is filled in: that a department may, or may no longer, use 個人番号 for an affair, from a day on."""

    department_code: str
    department_ja: str
    affair_code: str
    affair_ja: str
    legal_basis: str
    valid_from: date
    allowed: bool
    reason: str


_ITEMS = {
    "department_code": ("部署コード", 20),
    "department_ja": ("部署", 100),
    "affair_code": ("事務コード", 20),
    "affair_ja": ("事務", 200),
    "legal_basis": ("根拠法令", 200),
    "reason": ("理由", 200),
}


@transaction.atomic
def enter_use(actor: audit.Actor, form: UseForm) -> int:
    """Enter it; returns the row's id. It holds once another officer has approved it. Raises UseProblem, audit.Refused."""
    audit.require(actor, ENTER)
    _check(form)
    if form.valid_from < clock.today():
        raise UseProblem("valid_from", "開始日が過ぎています。今日以後の日付を入力してください。")
    [row] = _insert([form], entered_by=actor.login)
    audit.record(actor, ENTER, detail={"row": row.pk, "affair_code": form.affair_code, "valid_from": form.valid_from.isoformat(), "allowed": form.allowed})
    return row.pk


@transaction.atomic
def approve_use(actor: audit.Actor, entry_id: int) -> None:
    """Put an entry in force: not by who entered it, nor for days already past, on which others have been refused or answered."""
    audit.require(actor, APPROVE)
    row = LegalUseEntry.objects.select_for_update().filter(municipality_code=municipality_code(), pk=entry_id, approved_at__isnull=True).first()
    if row is None:
        raise UseProblem("", "この登録は承認待ちではありません。一覧を開き直してください。")
    if row.entered_by == actor.login:
        raise UseProblem("", f"「{row.affair_ja}」を入力した職員は承認できません。別の職員が承認してください。")
    if row.valid_from < clock.today():
        raise UseProblem("", f"「{row.affair_ja}」の開始日が過ぎています。今日以後の日付で入力し直してください。")
    row.approved_by, row.approved_at = actor.login, clock.now()
    row.save(update_fields=["approved_by", "approved_at"])
    audit.record(actor, APPROVE, detail={"row": row.pk, "affair_code": row.affair_code})


@transaction.atomic
def load_uses(enterer: audit.Actor, approver: audit.Actor, forms: Sequence[UseForm]) -> int:
    """The list as it stood before this system, begun with its own days; only into an empty list. Two names here too. Returns how many."""
    audit.require(enterer, ENTER)
    audit.require(approver, APPROVE)
    if LegalUseEntry.objects.filter(municipality_code=municipality_code()).exists():
        raise UseProblem("", "一覧は登録済みです。変更は画面から行ってください。")
    for form in forms:
        _check(form)
    rows = _insert(forms, entered_by=enterer.login, approved_by=approver.login)
    audit.record(enterer, ENTER, detail={"loaded": len(rows)})
    audit.record(approver, APPROVE, detail={"loaded": len(rows)})
    return len(rows)


def _insert(forms: Sequence[UseForm], *, entered_by: str, approved_by: str | None = None) -> list[LegalUseEntry]:
    now = clock.now()
    return LegalUseEntry.objects.bulk_create(
        [
            LegalUseEntry(**form.__dict__, entered_by=entered_by, entered_at=now, approved_by=approved_by, approved_at=now if approved_by else None)
            for form in forms
        ]
    )


def _check(form: UseForm) -> None:
    for name, (ja, longest) in _ITEMS.items():
        text = getattr(form, name)
        if not text.strip() or len(text) > longest:
            raise UseProblem(name, f"{ja}を{longest}文字以内で入力してください。")
    for name in ("department_code", "affair_code"):
        if not (getattr(form, name).isascii() and getattr(form, name).isalnum()):
            raise UseProblem(name, f"{_ITEMS[name][0]}は半角の英数字で入力してください。")
    if form.affair_code == REGISTER:
        raise UseProblem("affair_code", f"事務コード{REGISTER}は住民基本台帳のものです。別のコードを入力してください。")
