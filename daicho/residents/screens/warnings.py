"""最初の警告 — how 抑止 and 支援措置 stand first on a screen, and shortly in a list. 標準仕様2.2.4, 3.1, 3.4; domain §7."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from daicho import clock
from daicho.audit.actor import Actor
from daicho.audit.context import current
from daicho.residents.permissions import Permission, may_know
from daicho.residents.queries.current import BY_PERSON_ID, newest_rows
from daicho.residents.queries.marks import NOTHING, Mark, marked_among, marks_of
from daicho.residents.queries.support import Protected
from daicho.residents.rules.blocks import KIND_JA, PROCESS_JA, Block, BlockKind, Strength
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.support import STATE_JA, State, ends_soon
from daicho.staff.queries import actor_of
from daicho.ui.chrome import Caution
from daicho.ui.dates import wareki_text

_SHORT = {Strength.ERROR: "処理できません", Strength.ALERT: "確認が必要です"}
_OPPONENT = "支援措置の相手方として申し出られている人です。支援対象者の住所などが伝わらないように、請求の内容を責任者に確認してください。"
_EXPIRED = "期間が過ぎても抑止は続いています。延長の申出を確かめ、終了するときは理由を付けて処理してください。"


_FIRST = 8
"""So many people's cautions stand above a list; the rest are marked in its rows."""


def cautions(request: HttpRequest) -> list[Caution]:
    """Of everybody whom this page's readings named, for those who may know; so no screen, also no later one, shows a person without it.

    One statement for a page with people, none for another; more only where there is something to be said.
    """
    actor, shown = actor_of(request), list(current().shown)
    if not shown or not may_know(actor):
        return []
    rows = newest_rows(BY_PERSON_ID, marked_among(shown))
    marks = marks_of(list(rows.values()))
    marked = [row for row in rows.values() if row.public_id in marks]
    found = []
    for row in marked[:_FIRST]:
        whose = (shown_name(row.entries) or "（氏名空欄）") if len(shown) > 1 else ""
        found += [replace(one, whose=whose) for one in warnings_of(marks[row.public_id], actor, row.public_id)]
    if len(marked) > _FIRST:
        found.append(Caution("ほかの注意", f"この画面には、抑止や支援措置のある人がほかに{len(marked) - _FIRST}人います。"))
    return found


def warnings_of(mark: Mark, actor: Actor, person: UUID | str) -> list[Caution]:
    """Everything of one person, 支援措置 first."""
    found = [_of_support(one, actor) for one in mark.supports]
    if mark.opponent_of:
        found.append(Caution("相手方", _OPPONENT, "", *_case(actor, mark.opponent_of)))
    found += [_of_block(block, person) for block in mark.blocks if block.kind is not BlockKind.SUPPORT]
    return found


def short_marks(mark: Mark) -> list[str]:
    """As a row of a list says it (N-3.1-15)."""
    said = ["支援措置（仮）" if one.standing.is_provisional else "支援措置" for one in mark.supports]
    said += ["相手方"] if mark.opponent_of else []
    return list(dict.fromkeys([*said, *(["抑止"] if any(block.kind is not BlockKind.SUPPORT for block in mark.blocks) else [])]))


def short_blocks(blocks: Sequence[tuple[Block, Strength]]) -> list[str]:
    """The same, where only blocks are known."""
    return list(dict.fromkeys("支援措置" if block.kind is BlockKind.SUPPORT else "抑止" for block, _ in blocks))


def mark_in(marks: Mapping[UUID, Mark], person: UUID | str) -> Mark:
    return marks.get(UUID(str(person)), NOTHING)


def _of_support(one: Protected, actor: Actor) -> Caution:
    now, today = one.standing, clock.today()
    period = f"（{wareki_text(now.since)}から{wareki_text(now.until) + 'まで' if now.until else ''}）"
    more = _EXPIRED if now.state is State.EXPIRED else "請求者の本人確認を厳格に行い、住所などが相手方に伝わらないようにしてください。"
    soon = "1か月以内に期間が終了します。" if ends_soon(now, today) else ""
    return Caution(STATE_JA[now.state], f"{soon}{more}{period}", "", *_case(actor, one.case))


def _case(actor: Actor, case: str) -> tuple[str, str]:
    """Into 支援措置データベース, for 支援措置責任者 (N-3.4-03)."""
    return (reverse("residents:support", args=[case]), "支援措置の詳細") if actor.may(Permission.SUPPORT_READ) else ("", "")


def _of_block(block: Block, person: UUID | str) -> Caution:
    stops = "、".join(
        f"{PROCESS_JA[term.process]}（{_SHORT[term.strength]}、{wareki_text(term.starts_on)}から）" for term in block.terms if term.strength in _SHORT
    )
    lifted = f"　{clock.jst(block.lifted_until):%H:%M}まで一時解除中です。" if block.is_lifted(clock.now()) and block.lifted_until else ""
    past = "　設定した終了日が過ぎています。解除してよいか確認してください。" if block.is_past_its_end(clock.today()) else ""
    return Caution(f"抑止（{KIND_JA[block.kind]}）", f"{block.reason}。{stops}。{lifted}{past}", "", reverse("residents:blocks", args=[person]), "抑止の設定")
