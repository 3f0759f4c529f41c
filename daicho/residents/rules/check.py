"""共通の検査 — duties of every filing: its days, its people, what would be overtaken. std 4.0.3, 4.1.0.2, 11.1; domain §11."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from daicho.residents.rules.basis import chosen_basis, filed_label
from daicho.residents.rules.definitions import Basis, EventDefinition
from daicho.residents.rules.department_items import only_of_departments
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.fold import Version, key_of, overtaken_by
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.vocabulary import AGENT
from daicho.values.dates import JapaneseDate


def check_days(definition: EventDefinition, situation: Situation, filing: Filing) -> list[Problem]:
    """異動日・届出日: N-4.0.3-03, N-4.1.0.2-03; 届出期間 (法22条–25条) only warns, lateness is no ground for refusal (52条2項)."""
    found: list[Problem] = []
    basis = chosen_basis(filing)
    effective, today = filing.effective_on, situation.today
    filed = filing.filed_on if basis is not Basis.EX_OFFICIO else None  # what was typed beside 職権 is not kept either
    if effective is None:
        return found
    if not definition.uncertain_day and not effective.is_calendar:
        found.append(problem("D001", "effective_on", event=definition.ja))
    elif effective.alerts and not effective.is_old_calendar:
        found.append(problem("D103", "effective_on", written=effective.as_written))
    if not definition.future_day and effective.first > today:
        found.append(problem("D002", "effective_on"))
    if filed is not None:
        label = filed_label(definition.all_fields()["filed_on"], basis)
        if filed > today:
            found.append(problem("D003", "filed_on", label=label))
        if effective.first > filed and not definition.future_day:
            found.append(problem("D101", "filed_on", label=label, article=definition.article))
        if (
            basis is Basis.FILING and definition.days_to_file is not None and filed - timedelta(days=definition.days_to_file) > effective.last
        ):  # 年月日不詳 ends with the last day there is
            found.append(problem("D102", "filed_on", days=definition.days_to_file))
    return found


def check_filer(filing: Filing) -> list[Problem]:
    """Who files for others is named (法27条3項): the visit says who came, the filing for whom they act."""
    if filing.text("filer") == AGENT and filing.text("filer_name") is None:
        return [problem("A001", "filer_name")]
    return []


def check_open(situation: Situation, filing: Filing) -> list[Problem]:
    """Someone already removed takes no further 異動 (domain §11)."""
    return [
        problem("P001", "person", index)
        for index, member in enumerate(filing.members)
        if member.atena_no is not None and not situation.person(member.atena_no).is_open
    ]


def check_living_here(situation: Situation, filing: Filing) -> list[Problem]:
    """Who was no resident yet on the day neither moved within the city nor changed 世帯 (法23条, 25条). What the 戸籍 tells may be older."""
    day = filing.effective_on
    if day is None:
        return []
    people = ((index, situation.person(m.atena_no)) for index, m in enumerate(filing.members) if m.atena_no is not None)
    return [problem("P003", "effective_on", index) for index, p in people if p.is_open and p.entries.opened_on and day.last < p.entries.opened_on]


def check_overtaken(situation: Situation, person: PersonState, effective_on: JapaneseDate, asserts: Mapping[str, object], member: int) -> list[Problem]:
    """遡及: a later entry of the same item would hide this one; that one is named, to be cancelled first (design §4)."""
    found: list[Problem] = []
    later = overtaken_by(person.versions, person.spell_no, person.place_of_next(key_of(effective_on, situation.today)), asserts)
    for version, _ in later:
        found.append(problem("P002", "effective_on", member, history_no=version.history_no))
    last = max((v.key for v in person.versions if v.annulled_at is None and _tells(v)), default=None)
    if not later and last is not None and effective_on.last < last:
        found.append(problem("P101", "effective_on", member))
    return found


def _tells(version: Version) -> bool:
    """Whether it says something of the person's life: a copy, a 取消し, what a department writes and a 個人番号 that 機構 gave do not."""
    said = version.asserts
    return said is None or (bool(said) and not only_of_departments(said) and said.keys() != {"individual_number"})
