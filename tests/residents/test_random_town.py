"""町の写し — a random town is filed at the counter too, 取消し included: commands and tables say what the rules in memory say. std 4.6; design §4.

The town of tests/rules/small_city.py plays; each filing goes through 受付, 仮登録, 照合 and 本登録 as well. Both accept, or neither.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from daicho import clock, outbox
from daicho.audit.actor import Actor
from daicho.contracts.department_items_v1 import DepartmentItemsV1, WrittenItem
from daicho.residents.commands import filings, number_requests, registering
from daicho.residents.commands.by_system import record_by_system
from daicho.residents.commands.departments import write_department_items
from daicho.residents.commands.due_removals import settle_all
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.models import CivilEvent, NumberRequest, Person, SheetCurrent, SheetVersion
from daicho.residents.models.number_request import RequestState
from daicho.residents.permissions import IntakePermission
from daicho.residents.queries.proof import prove
from daicho.residents.queries.situations import gather
from daicho.residents.rules.definitions import EventDefinition, Field, FieldKind
from daicho.residents.rules.entries import ASSERTED, NUMBER_ENTRIES
from daicho.residents.rules.events.address_renamed import ADDRESS_RENAMED
from daicho.residents.rules.events.department_entry import DEPARTMENT_ENTRY
from daicho.residents.rules.filing import CLEARED, Filing, Member
from daicho.residents.rules.situation import RecordedEvent
from daicho.values.dates import JapaneseDate, wareki
from daicho.values.made_up import made_up_individual_number, made_up_juminhyo_code
from tests.cast import CLERK, EXAMINER
from tests.residents.counter import JOB, answer, register, stock, visit
from tests.rules.random_town import Town
from tests.rules.small_city import City, on
from tests.tiers import THOROUGH

pytestmark = pytest.mark.django_db
STEPS = 40 if THOROUGH else 25
FIRST, TOWNS = map(int, os.environ.get("DAICHO_TOWNS", "0:20" if THOROUGH else "0:3").split(":"))
SEEDS = range(FIRST, FIRST + TOWNS)
_COMPARED = [*sorted(ASSERTED - {*NUMBER_ENTRIES, "household_no"}), "householder_name"]
DEPARTMENTS = Actor.system("residents.intake", IntakePermission.DEPARTMENT_WRITE)
_MEANT = {"ground": "ex_officio"}
"""What the counter's form asks and the rules do not."""


@dataclass
class Mirrored(City):
    """The town in memory, and the same at the counter."""

    persons: dict[str, UUID] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    recorded: dict[int, int] = field(default_factory=dict)

    def record(self, definition: EventDefinition, filing: Filing, cancels: RecordedEvent | None = None) -> bool:
        if definition is DEPARTMENT_ENTRY:
            return self.told(definition, filing)
        if definition is ADDRESS_RENAMED:
            return self.renamed(definition, filing)
        if definition.writes_number:
            NumberRequest.objects.update(state=RequestState.WITHDRAWN)  # in memory nobody waits for a number
        if definition.by_system or definition.awaits_number:
            return self.given(definition, filing)
        form = self.form(definition, filing)
        accepted = super().record(definition, filing, cancels)
        with clock.at(on(self.today)):
            event = self.recorded[cancels.number] if cancels else None
            row = filings.start(CLERK, visit(), definition.code, form, cancels=event)
            judged = filings.judge(definition, form, row.visit, cancels=event)
            assert accepted == (not any(p.blocks for p in judged.problems)), (definition.code, [p.message for p in judged.problems])
            if accepted:
                filings.enter(CLERK, row.public_id, form, {p.key: "確認した" for p in judged.problems})
                filings.examine(EXAMINER, row.public_id)
                registering.register(EXAMINER, row.public_id)
                self.compare(CivilEvent.objects.get(filing_no=row.filing_no).pk)
            else:
                filings.withdraw(CLERK, row.public_id, "")
        return accepted

    def told(self, definition: EventDefinition, filing: Filing) -> bool:
        """As transfers tells it: by message, not at the counter."""
        accepted = super().record(definition, filing)
        [member] = filing.members
        items = tuple(WrittenItem(name, _said(value)) for name, value in member.values.items())
        with clock.at(on(self.today)):
            atena_no = Person.objects.get(public_id=self.persons[str(member.atena_no)]).atena_no
            written = write_department_items(DEPARTMENTS, DepartmentItemsV1(str(uuid4()), "保険年金課", atena_no, items))
            assert accepted == (written is not None), member.values
            if written is not None:
                self.compare(written.version.event_id)
        return accepted

    def renamed(self, definition: EventDefinition, filing: Filing) -> bool:
        """As the job of the bulk change records one household (its way there: test_renaming_job.py)."""
        accepted = super().record(definition, filing)
        numbers = dict(Person.objects.values_list("public_id", "atena_no"))
        there = replace(filing, members=tuple(replace(m, atena_no=numbers[self.persons[str(m.atena_no)]]) for m in filing.members))
        with clock.at(on(self.today)), transaction.atomic():
            situation = gather(definition, there, lock=True)
            assert accepted == (not any(p.blocks for p in definition.check(situation, there)))
            if accepted:
                written = record_by_system(CLERK, definition, situation, there, definition.apply(situation, there), "test")
                self.compare(written[0].version.event_id)
        return accepted

    def given(self, definition: EventDefinition, filing: Filing) -> bool:
        """As 機構 gives a 個人番号: to who has none or, after the counter's 変更, in place of the old."""
        accepted = super().record(definition, filing)
        [member] = filing.members
        person, number = (
            Person.objects.get(public_id=self.persons[str(member.atena_no)]),
            made_up_individual_number(int(str(member.number("individual_number")))),
        )
        with clock.at(on(self.today)):
            if accepted and definition.awaits_number:
                asked = self.form(definition, replace(filing, members=(Member(member.atena_no),)))
                register(definition.code, asked)
            elif accepted:
                with transaction.atomic():
                    outbox.post_many(number_requests.ask([(person, SheetCurrent.objects.filter(person=person).latest("history_no").to_entries())], "birth"))
            if accepted:
                request = answer(NumberRequest.objects.latest("pk"), str(number))
                assert request.event_id is not None, request.why
                self.compare(request.event_id)
        return accepted

    def form(self, definition: EventDefinition, filing: Filing) -> TypedForm:
        """The filing as a clerk would type it."""
        values = {"effective_on": filing.effective_on, "filed_on": filing.filed_on, **_MEANT, **filing.values}
        if number := filing.text("household_no"):
            values["household_no"] = self.homes[number]
        own = {name: _text(f, values[name]) for name, f in definition.all_fields().items() if values.get(name) is not None}
        asked = definition.all_member_fields()
        return TypedForm(
            own,
            tuple(
                TypedPerson(str(self.persons[m.atena_no]) if m.atena_no else None, {n: _text(asked[n], v) for n, v in m.values.items() if n in asked})
                for m in filing.members
            ),
        )

    def next_day(self) -> None:
        step = self.step
        super().next_day()
        with clock.at(on(self.today)):
            settle_all(JOB, on(self.today))
            for number in range(step + 1, self.step + 1):
                self.compare(CivilEvent.objects.filter(code="head_by_removal").latest("pk").pk, number)

    def compare(self, event: int, step: int | None = None) -> None:
        """Whom the event added is known from now on; then every newest sheet, entry by entry."""
        self.recorded[step or self.step] = event
        opened = SheetVersion.objects.filter(event_id=event, asserts__isnull=True).exclude(person__public_id__in=self.persons.values()).order_by("pk")
        self.persons |= dict(zip([no for no in self.versions if no not in self.persons], opened.values_list("person__public_id", flat=True), strict=True))
        rows = SheetCurrent.objects.select_related("person").order_by("person_id", "history_no")
        newest = {row.person.public_id: row for row in rows}
        for no, public_id in self.persons.items():
            here, there = self.newest(no), newest[public_id]
            assert {name: getattr(here.entries, name) for name in _COMPARED} == {name: getattr(there, name) for name in _COMPARED}, no
            assert there.history_no == here.history_no, no
            assert self.homes.setdefault(str(here.entries.household_no), str(there.household_no)) == there.household_no, no


def _said(value: object) -> str | None:
    """As a department says it."""
    return None if value is None else value.isoformat() if isinstance(value, date) else str(int(bool(value)))


def _text(asked: Field, value: object) -> str:
    if value is CLEARED:
        return "空欄"
    if asked.kind is FieldKind.RESIDENCE_CARD_NO:
        return f"AB{value:08}CD"
    if isinstance(value, JapaneseDate):
        return value.as_written
    if isinstance(value, date):
        return wareki(value)
    if asked.kind is FieldKind.FLAG:
        return "yes"
    if asked.kind is FieldKind.INDIVIDUAL_NUMBER:
        return str(made_up_individual_number(int(str(value))))
    return str(made_up_juminhyo_code(int(str(value)))) if asked.kind is FieldKind.JUMINHYO_CODE else str(value)


@pytest.mark.parametrize("seed", SEEDS)
def test_窓口を通しても規則のとおりに記録され自己検査に合う(seed, record_property):
    """N-4.6.0.1-04, -06; design §4: after random events and 取消し current = fold = what memory says, and `daicho prove` agrees."""
    town = _play(seed)
    record_property("recorded", json.dumps(Counter(event.code for event in town.city.events.values())))  # `make soak` counts them
    tried = town.tried
    assert tried["cancel"] or any(act.endswith("undone") for act in tried), tried


def _play(seed: int) -> Town:
    town = Town(random.Random(seed), Mirrored())
    stock(*range(200))
    town.play(STEPS)
    with clock.at(on(town.city.today)):
        assert prove().findings == []
    return town


def test_町の写しは食い違いに気づく(monkeypatch):
    """The comparison can fail: a 取消し that is recorded and annuls nothing."""
    monkeypatch.setattr("daicho.residents.commands.writing._annul", lambda recording, annulled: None)
    with pytest.raises(AssertionError):
        _play(0)
