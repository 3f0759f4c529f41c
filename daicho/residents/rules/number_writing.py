"""番号を書く — what must hold when a 住民票コード or 個人番号 of a resident is put right, and when another is asked for. 番号法第7条第2項; std 4.3.2, 4.4."""

from __future__ import annotations

from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days, check_open, check_overtaken
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.entries import ENTRIES
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation

LEFT = "この人は消除されています。除票は最終の値のままとし、届いた個人番号は記載しません（法第15条の2）。"
CHANGED = "個人番号を求めた後に、この人の個人番号が変わっています。どちらの番号が正しいか、地方公共団体情報システム機構に確かめてください。"
TAKEN = "届いた個人番号が、別の人の個人番号として記録されています。地方公共団体情報システム機構に確かめてください（番号法第8条）。"


def check_one(situation: Situation, filing: Filing) -> list[Problem]:
    """A filing about a number is about one resident."""
    found = check_open(situation, filing)
    if len(filing.members) != 1 or filing.members[0].atena_no is None:
        found.append(problem("S001", "members"))
    return found


def check_correction(definition: EventDefinition, situation: Situation, filing: Filing, name: str) -> list[Problem]:
    """修正 of the number `name`: another one is typed, and nobody else has it."""
    found = [*check_days(definition, situation, filing), *check_one(situation, filing)]
    if filing.effective_on is None or any(p.blocks for p in found):
        return found
    [member] = filing.members
    number = member.number(name)
    if number is None:
        return found
    person, ja = situation.person(member.atena_no or ""), ENTRIES[name].ja
    if getattr(person.entries, name) == number:
        found.append(problem("S005", name, 0, label=ja))
    if belongs_to_another(situation, member, name):
        found.append(problem("S006", name, 0, label=ja))
    if number in situation.stocked:
        found.append(problem("S007", name, 0))
    return [*found, *check_overtaken(situation, person, filing.effective_on, {name: number}, 0)]


def check_change(situation: Situation, filing: Filing) -> list[Problem]:
    """変更 of a 個人番号, of which 機構 is asked: of somebody who has one and waits for no other."""
    found = check_one(situation, filing)
    if filing.filed_on is not None and filing.filed_on > situation.today:
        found.append(problem("S002", "filed_on"))
    if any(p.code == "S001" for p in found):
        return found
    [member] = filing.members
    if situation.person(member.atena_no or "").entries.individual_number is None:
        found.append(problem("S003", "members", 0))
    return [*found, *check_awaited(situation, member)]


def check_awaited(situation: Situation, member: Member) -> list[Problem]:
    """Two numbers are never on their way for one person."""
    if member.atena_no not in situation.awaited:
        return []
    return [problem("S004", "members", 0)]


def doubts(situation: Situation, member: Member, before: int | None) -> list[str]:
    """Why the 個人番号 that 機構 gave cannot be written without somebody looking at it. `before`: what the person had when it was asked for."""
    person, found = situation.person(member.atena_no or ""), []
    if not person.is_open:
        found.append(LEFT)
    elif person.entries.individual_number != before:
        found.append(CHANGED)
    if belongs_to_another(situation, member, "individual_number"):
        found.append(TAKEN)
    return found


def belongs_to_another(situation: Situation, member: Member, name: str) -> bool:
    """Whether the register has the number of `member` as somebody else's, a resident's or on a 除票."""
    return any(candidate.atena_no != member.atena_no and name in candidate.by for candidate in situation.candidates)


def written(filing: Filing, name: str) -> Changes:
    """The number `name` of each as the filing has it. Before 機構 has given it, the sheet as it is."""
    return Changes(revisions=tuple(Revision(i, m.atena_no, _said(m, name)) for i, m in enumerate(filing.members) if m.atena_no))


def _said(member: Member, name: str) -> dict[str, object]:
    number = member.number(name)
    return {} if number is None else {name: number}
