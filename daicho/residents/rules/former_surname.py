"""旧氏 — one at a time, with its 振り仮名, on request: entered, changed to the 氏 just given up, deleted. 令第30条の13, 第30条の14; domain §1.1.12."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from daicho.residents.rules.correcting import correctable
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.fold import Version, live
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.vocabulary import FOREIGN

FORMER_SURNAME = tuple(
    replace(field, required=True, clearable=False, hint="戸籍に記載された氏のとおり") for field in correctable("former_surname", "former_surname_kana")
)


def check_entry(situation: Situation, filing: Filing) -> list[Problem]:
    """There is none yet; after a deletion only when the 氏 has changed since (令30条の13第3項). It is a past 氏, not the present one."""
    found = [*_check_everybody(situation, filing), *_check_past(situation, filing)]
    for index, (_, person) in enumerate(going(situation, filing)):
        if person.entries.former_surname is not None:
            found.append(problem("Y001", "former_surname", index))
        elif (deleted := _deleted(person)) and not _surname_changed_since(person, deleted):
            found.append(problem("Y002", "former_surname", index))
    return found


def check_change(situation: Situation, filing: Filing) -> list[Problem]:
    """There is one, and the 氏 has changed since it was entered: the new one is the 氏 just before (令30条の14第2項)."""
    found = [*_check_everybody(situation, filing), *_check_past(situation, filing)]
    for index, (_, person) in enumerate(going(situation, filing)):
        found += _check_there(person, index)
        entered = _last(person, lambda v: v.asserted().get("former_surname") is not None)
        if entered and not _surname_changed_since(person, entered):
            found.append(problem("Y101", "former_surname", index))
    return found


def _check_past(situation: Situation, filing: Filing) -> list[Problem]:
    people = enumerate(going(situation, filing))
    return [problem("Y004", "former_surname", i) for i, (m, p) in people if m.text("former_surname") == _surname(p.entries.name_kanji)]


def check_deletion(situation: Situation, filing: Filing) -> list[Problem]:
    found = []
    for index, (_, person) in enumerate(going(situation, filing)):
        found += _check_there(person, index)
    return found


def said_of_deletion(situation: Situation, filing: Filing) -> list[dict[str, object]]:
    return [{"former_surname": None, "former_surname_kana": None, "former_surname_kana_confirmed": None} for _ in going(situation, filing)]


def _check_there(person: PersonState, index: int) -> list[Problem]:
    if person.entries.former_surname is not None:
        return []
    return [problem("Y003", "person", index)]


def _check_everybody(situation: Situation, filing: Filing) -> list[Problem]:
    people = enumerate(going(situation, filing))
    return [problem("Y005", "person", i) for i, (_, p) in people if p.entries.resident_kind == FOREIGN]


def _of_spells(person: PersonState) -> Sequence[Version]:
    return sorted(live(person.versions), key=lambda v: v.history_no)


def _last(person: PersonState, wanted: object) -> Version | None:
    assert callable(wanted)
    return next((v for v in reversed(_of_spells(person)) if wanted(v)), None)


def _deleted(person: PersonState) -> Version | None:
    """By which a 旧氏 was deleted; a 転入 without one deletes none, nor a 取消し, nor who empties what is empty."""
    rows = _of_spells(person)
    gone = [v for before, v in pairwise(rows) if before.entries.former_surname and v.asserted().get("former_surname", "") is None and not v.is_opening]
    return gone[-1] if gone else None


def _surname_changed_since(person: PersonState, version: Version) -> bool:
    before = _surname(version.entries.name_kanji)
    return any(v.history_no > version.history_no and _surname(v.entries.name_kanji) != before for v in _of_spells(person))


def _surname(name: str | None) -> str:
    return (name or "").split("　")[0]
