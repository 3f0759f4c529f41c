"""辞書の変更 — a new edition by file or a row by hand: proposed by one officer, put in force by another. 標準1.3.2–1.3.5; spec/domain.md §13."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.city.dictionaries import Dictionary, Row, table
from daicho.city.dictionary_faults import faults_of, told
from daicho.city.differences import Difference, kept, put, standing_of
from daicho.city.errors import CityProblem, Problem
from daicho.city.imports import judged, read_rows
from daicho.city.models import DictionaryChange, Proposal
from daicho.city.permissions import CityPermission
from daicho.city.rules import LONGEST_REASON
from daicho.city.two_officers import must_be_own, reason_of_decline
from daicho.outbox.leading import is_led

BY_HAND = "手入力"
MOST_DIFFERENCES = 20_000  # what one officer can be asked to approve; a first load is the installation's (`daicho import`)
_NO_DIFFERENCE = "いまの内容と同じです。変わるところがないため、申請できません。"
_MOVED = "申請の後に、同じ行のほかの変更が承認されました。取り下げて、いまの内容から申請し直してください。"


@transaction.atomic
def propose_edition(actor: Actor, of: Dictionary, contents: bytes, file_name: str, valid_from: date, reason: str) -> int:
    """Put an edition before another officer: what it adds, changes and ends. CityProblem with every line that is wrong; nothing is kept then."""
    _may_propose(actor)
    _must_be_said(valid_from, reason)
    compared = judged(of, read_rows(of, contents), valid_from)
    if not compared.differences:
        raise CityProblem(_NO_DIFFERENCE)
    if len(compared.differences) > MOST_DIFFERENCES:
        raise CityProblem(
            f"変更が{len(compared.differences):,}件あります。一度に申請できるのは{MOST_DIFFERENCES:,}件までです。市区町村ごとに分けるか、初めの取込みは運用担当に依頼してください。"
        )
    return _propose(actor, of, compared.differences, compared.unchanged, valid_from, reason, file_name, hashlib.sha256(contents).hexdigest())


@transaction.atomic
def propose_row(actor: Actor, of: Dictionary, before: Row | None, after: Row | None, valid_from: date, reason: str) -> int:
    """Put one row before another officer: a new one (`before` None), one that changes, or 廃止 (`after` None). CityProblem at its fields."""
    _may_propose(actor)
    found = _said_problems(valid_from, reason)
    if after is not None:
        found += [(fault.column, message) for fault, message in _row_faults(of, after, valid_from)]
    if found:
        raise CityProblem.of(found)
    differences = _differences(of, before, after, valid_from)
    if not differences:
        raise CityProblem(_NO_DIFFERENCE)
    return _propose(actor, of, differences, 0, valid_from, reason, BY_HAND)


@transaction.atomic
def approve(actor: Actor, change_no: int) -> None:
    """Put a change in force from its day. Not by who proposed it, not once its day has passed, and only on the rows that it was proposed for."""
    audit.require(actor, CityPermission.SETTING_APPROVE)
    row = _waiting(actor, change_no)
    if row.proposed_by == actor.login:
        raise CityProblem("辞書の変更を申請した職員は承認できません。別の職員が承認してください。")
    _must_be_said(row.valid_from, row.reason)
    of, differences = table(row.dictionary), differences_of(row)
    standing = standing_of(of, (one.row for one in differences), row.valid_from)
    if any(standing.get(of.key_of(one.row)) != one.before for one in differences):
        raise CityProblem(_MOVED)
    added = [one.after for one in differences if one.after is not None]
    if problems := told(faults_of(of, added, row.valid_from), None):
        raise CityProblem("\n".join(problems))
    put(of, differences, row.valid_from)
    _decide(actor, row, Proposal.Outcome.APPROVED)
    audit.record(actor, CityPermission.SETTING_APPROVE, detail=_detail(row))


@transaction.atomic
def decline(actor: Actor, change_no: int, reason: str) -> None:
    """却下: decide that a change is not made, and say why."""
    audit.require(actor, CityPermission.SETTING_APPROVE)
    row = _waiting(actor, change_no)
    _decide(actor, row, Proposal.Outcome.DECLINED, reason_of_decline(row.proposed_by, actor.login, reason))
    audit.record(actor, "city:setting:decline", detail=_detail(row))


@transaction.atomic
def withdraw(actor: Actor, change_no: int) -> None:
    """取下げ of one's own proposal, as long as nobody decided it."""
    audit.require(actor, CityPermission.DICTIONARY_IMPORT)
    row = _waiting(actor, change_no)
    must_be_own(row.proposed_by, actor.login)
    _decide(actor, row, Proposal.Outcome.WITHDRAWN)
    audit.record(actor, "city:setting:withdraw", detail=_detail(row))


def differences_of(row: DictionaryChange) -> tuple[Difference, ...]:
    return tuple(Difference(**stored) for stored in row.differences)


def _may_propose(actor: Actor) -> None:
    audit.require(actor, CityPermission.DICTIONARY_IMPORT)
    _must_lead(actor)


def _must_lead(actor: Actor) -> None:
    if is_led(actor):
        raise CityProblem("辞書とコード表は、住民記録のシステムで変更してください。")


def _said_problems(valid_from: date, reason: str) -> list[Problem]:
    found = []
    if valid_from < clock.today():
        found.append(("valid_from", "適用日が過ぎています。今日以後の日付で入力してください（過ぎた日の記録は変わりません）。"))
    if not reason.strip():
        found.append(("reason", "変更の理由を入力してください。"))
    elif len(reason) > LONGEST_REASON:
        found.append(("reason", f"理由は{LONGEST_REASON}文字以内で入力してください。"))
    return found


def _must_be_said(valid_from: date, reason: str) -> None:
    if found := _said_problems(valid_from, reason):
        raise CityProblem.of(found)


def _row_faults(of: Dictionary, row: Row, on: date) -> list[tuple[object, str]]:
    faults = faults_of(of, [row], on)
    return list(zip(faults, told(faults, None), strict=True))


def _differences(of: Dictionary, before: Row | None, after: Row | None, valid_from: date) -> list[Difference]:
    """One row before and after; a row that is known by another key from then on is one that ends and one that is new."""
    standing = standing_of(of, [row for row in (before, after) if row is not None], valid_from)
    was = standing.get(of.key_of(before)) if before is not None else None
    if before is not None and was is None:
        raise CityProblem("この行は、適用日には廃止されています。適用日を確認してください。", [("valid_from", "この行は、適用日には廃止されています。")])
    if after is None:
        return [Difference(was, None)]
    there = standing.get(of.key_of(after))
    if there is not None and (before is None or there != was):
        raise CityProblem(
            "同じ行が既に登録されています。", [(of.columns[0].name, f"この{of.columns[0].ja}は既に登録されています。登録された行の変更を申請してください。")]
        )
    said = kept(of, {**after, **_place(of, was)}, None)  # of a form, what is empty is meant
    if was is not None and there is None:
        return [Difference(was, None), Difference(None, said)]
    return [] if said == was else [Difference(was, said)]


def _place(of: Dictionary, was: Row | None) -> dict[str, str | None]:
    """The place of a code among the others: the one it has, else the last."""
    if not of.is_ordered:
        return {}
    if was is not None:
        return {"order": was["order"]}
    last = of.model._default_manager.filter(municipality_code=settings.INSTALLATION.municipality_code, **of.fixed).order_by("-order").first()
    return {"order": str((last.order if last else 0) + 1)}  # type: ignore[attr-defined]  # a code


def _propose(
    actor: Actor, of: Dictionary, differences: Sequence[Difference], unchanged: int, valid_from: date, reason: str, source: str, digest: str = ""
) -> int:
    row = DictionaryChange.objects.create(
        municipality_code=settings.INSTALLATION.municipality_code, dictionary=of.code, valid_from=valid_from, source=source[:200], digest=digest,
        differences=[{"before": one.before, "after": one.after} for one in differences], unchanged=unchanged, reason=reason.strip(),
        proposed_by=actor.login, proposed_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, CityPermission.DICTIONARY_IMPORT, detail=_detail(row))
    return row.pk


def _waiting(actor: Actor, change_no: int) -> DictionaryChange:
    """The change, locked, as long as it waits."""
    _must_lead(actor)
    ours = DictionaryChange.objects.select_for_update().filter(municipality_code=settings.INSTALLATION.municipality_code)
    row = ours.filter(pk=change_no, outcome="").first()
    if row is None:
        raise CityProblem("この申請は承認待ちではありません。一覧を開き直してください。")
    return row


def _decide(actor: Actor, row: DictionaryChange, outcome: Proposal.Outcome, reason: str = "") -> None:
    row.outcome, row.decided_by, row.decided_at, row.decision_reason = outcome, actor.login, clock.now(), reason
    row.save(update_fields=["outcome", "decided_by", "decided_at", "decision_reason"])


def _detail(row: DictionaryChange) -> dict[str, str]:
    return {"dictionary_change": str(row.pk), "dictionary": row.dictionary, "valid_from": row.valid_from.isoformat(), "differences": str(len(row.differences))}
