"""最初の警告 — how 抑止 and 支援措置 stand first on a screen, and shortly in a list. 標準仕様2.2.4, 3.1, 3.4; domain §7."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from daicho import clock
from daicho.audit.actor import Actor
from daicho.residents.permissions import Permission
from daicho.residents.queries.marks import NOTHING, Mark
from daicho.residents.queries.support import Protected
from daicho.residents.rules.blocks import KIND_JA, PROCESS_JA, Block, BlockKind, Strength
from daicho.residents.rules.support import STATE_JA, State, warning
from daicho.ui.dates import wareki_text

_SHORT = {Strength.ERROR: "処理できません", Strength.ALERT: "確認が必要です"}
_OPPONENT = "支援措置の相手方として申し出られている人です。支援対象者の住所などが伝わらないように、請求の内容を責任者に確認してください。"
_EXPIRED = "期間が過ぎても抑止は続いています。延長の申出を確かめ、終了するときは理由を付けて処理してください。"


@dataclass(frozen=True)
class Warning:
    """One sentence at the head of a page. `url` leads to where it can be looked into, "" for those who may not."""

    label: str
    text: str
    url: str = ""
    link: str = ""


def warnings_of(mark: Mark, actor: Actor, person: UUID | str) -> list[Warning]:
    """Everything of one person, 支援措置 first."""
    found = [_of_support(one, actor) for one in mark.supports]
    if mark.opponent_of:
        found.append(Warning("相手方", _OPPONENT, *_case(actor, mark.opponent_of)))
    found += [_of_block(block, person) for block in mark.blocks if block.kind is not BlockKind.SUPPORT]
    return found


def short_marks(mark: Mark) -> list[str]:
    """As a row of a list says it (N-3.1-15)."""
    said = ["支援措置（仮）" if one.standing.is_provisional else "支援措置" for one in mark.supports]
    said += ["相手方"] if mark.opponent_of else []
    return list(dict.fromkeys([*said, *(["抑止"] if any(block.kind is not BlockKind.SUPPORT for block in mark.blocks) else [])]))


def mark_in(marks: Mapping[UUID, Mark], person: UUID | str) -> Mark:
    return marks.get(UUID(str(person)), NOTHING)


def _of_support(one: Protected, actor: Actor) -> Warning:
    now, today = one.standing, clock.today()
    period = f"（{wareki_text(now.since)}から{wareki_text(now.until) + 'まで' if now.until else ''}）"
    more = _EXPIRED if now.state is State.EXPIRED else "請求者の本人確認を厳格に行い、住所などが相手方に伝わらないようにしてください。"
    return Warning(STATE_JA[now.state], f"{warning(now, today)}{period}。{more}", *_case(actor, one.case))


def _case(actor: Actor, case: str) -> tuple[str, str]:
    """Into 支援措置データベース, for 支援措置責任者 (N-3.4-03)."""
    return (reverse("residents:support", args=[case]), "支援措置の詳細") if actor.may(Permission.SUPPORT_READ) else ("", "")


def _of_block(block: Block, person: UUID | str) -> Warning:
    stops = "、".join(
        f"{PROCESS_JA[term.process]}（{_SHORT[term.strength]}、{wareki_text(term.starts_on)}から）" for term in block.terms if term.strength in _SHORT
    )
    lifted = f"　{clock.jst(block.lifted_until):%H:%M}まで一時解除中です。" if block.is_lifted(clock.now()) and block.lifted_until else ""
    past = "　設定した終了日が過ぎています。解除してよいか確認してください。" if block.is_past_its_end(clock.today()) else ""
    return Warning(f"抑止（{KIND_JA[block.kind]}）", f"{block.reason}。{stops}。{lifted}{past}", reverse("residents:blocks", args=[person]), "抑止の設定")
