"""利用依頼の審査 — everything that is wrong with a proposal, before another officer can approve it. F-1-41; D-R1, D-R2, D-R5, D-R6."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from daicho.transfers.rules.grants import Direction, Method, Proposal, bases
from daicho.transfers.rules.layouts import readable_items, writable_items
from daicho.transfers.rules.problems import Problem
from daicho.transfers.rules.scope import Scope

_PURPOSE_CODE = re.compile(r"[0-9A-Z]{3}")


def proposal_problems(proposal: Proposal, departments: Collection[str], today: date) -> tuple[Problem, ...]:
    """All of them. `departments`: ids of the 移転先 registered on the first day."""
    return (*_who_and_why(proposal, departments), *_by_which_law(proposal), *_what(proposal), *_when(proposal, today))


def _who_and_why(proposal: Proposal, departments: Collection[str]) -> Iterator[Problem]:
    if proposal.department_code not in departments:
        yield Problem("T001", "department_code", "この移転先は、開始日に登録されていません。移転先を登録するか、選び直してください。")
    if not _PURPOSE_CODE.fullmatch(proposal.purpose_code):
        yield Problem("T002", "purpose_code", "事務コードは、数字と英大文字の3文字で入力してください。")
    if not proposal.purpose_ja.strip():
        yield Problem("T003", "purpose_ja", "移転先における用途（事務の名称）を入力してください。")
    if not proposal.request_reference.strip():
        yield Problem(
            "T004", "request_reference", "移転先からの利用依頼の文書番号を入力してください。移転は、移転先の依頼に基づいて承認します（評価書III(1)5）。"
        )


def _by_which_law(proposal: Proposal) -> Iterator[Problem]:
    basis = bases().get(proposal.basis_code)
    if basis is None or basis.direction is not proposal.direction:
        yield Problem("T010", "basis_code", "法的根拠を選んでください。移転と書戻しとでは、根拠の条文が異なります。")
    elif not basis.holds_on(proposal.valid_from):
        yield Problem("T011", "basis_code", f"「{basis.ja}」は、開始日には根拠にできません。開始日に有効な条文を選んでください。")
    elif basis.valid_to is not None and (proposal.valid_to is None or basis.valid_to < proposal.valid_to):
        yield Problem("T012", "valid_to", f"「{basis.ja}」の期間を越えています。終了日を条文の終わりまでにしてください。")


def _what(proposal: Proposal) -> Iterator[Problem]:
    allowed = {item.identifier for item in (readable_items() if proposal.direction is Direction.READ else writable_items())}
    if not proposal.items:
        yield Problem("T020", "items", "項目を1つ以上選んでください。「等」では承認できません。")
    elif not set(proposal.items) <= allowed:
        yield Problem("T021", "items", "移転又は書戻しのできない項目があります。項目を選び直してください。")
    if proposal.scope not in set(Scope) or (proposal.direction is Direction.WRITE and proposal.scope != Scope.RESIDENTS):
        yield Problem("T022", "scope", "対象となる本人の範囲を選び直してください。書戻しは住民だけが対象です（消除された者の住民票には記載できません）。")
    if proposal.method not in set(Method):
        yield Problem("T023", "method", "連携のタイミングを選んでください。")


def _when(proposal: Proposal, today: date) -> Iterator[Problem]:
    if proposal.valid_from < today:
        yield Problem("T030", "valid_from", "開始日が過ぎています。本日以後の日を入力してください。過去の移転を後から許可することはできません。")
    if proposal.valid_to is not None and proposal.valid_to < proposal.valid_from:
        yield Problem("T031", "valid_to", "終了日が開始日より前です。日付を確認してください。")
    if proposal.requested_on > today:
        yield Problem("T032", "requested_on", "利用依頼の日が本日より後です。日付を確認してください。")
