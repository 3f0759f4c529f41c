"""畳込みの神託 — a brute-force oracle, written differently, agrees with the fold on thousands of random lives. design §4; fold.md.

The oracle knows neither keys nor places: it paints facts on a line of days, in the order of recording, each day remembering
its owner; what is annulled is simply not painted. Compared are: what is accepted; now; as of every day; as of every day as
known at several moments.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from daicho.residents.rules.annulling import resting_on
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import Version, as_of, fold, key_of, live, overtaken_by, spells_of, spells_overlap
from daicho.values.dates import JapaneseDate
from tests.rules.painter import DAYS, ENTRIES, FOREVER, Fact, Oracle
from tests.tiers import THOROUGH

BASE = date(2026, 1, 1)
SEQUENCES = int(os.environ.get("DAICHO_ORACLE_SEQUENCES", "2000" if THOROUGH else "400"))


def on(day: int) -> date:
    return BASE + timedelta(days=day)


def moment(step: int) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=step)


# The register's own rules on the same lives ------------------------------------------------------------------------------


@dataclass
class Register:
    versions: list[Version] = field(default_factory=list)

    def current(self, spell: int) -> SheetEntries:
        whole = fold(spells_of(self.versions)[spell])
        assert whole is not None
        return whole

    def write(self, step: int, spell: int, key: date, asserts: dict[str, object] | None, entries: SheetEntries, anchor: int | None = None) -> None:
        number = len(self.versions) + 1
        self.versions.append(Version(number, spell, spell, key, anchor or number, moment(step), entries, asserts, event_no=number))

    def newest(self, spell: int) -> SheetEntries:
        return max((v for v in self.versions if v.spell_no == spell), key=lambda v: v.history_no).entries


# One random life ----------------------------------------------------------------------------------------------------------


@dataclass
class Life:
    """Plays the same random steps on both, and holds them against each other."""

    dice: random.Random
    oracle: Oracle = field(default_factory=Oracle)
    register: Register = field(default_factory=Register)
    today: int = 0
    step: int = 0
    tried: Counter[str] = field(default_factory=Counter)

    def play(self, steps: int) -> None:
        for _ in range(steps):
            self.step += 1
            self.today = min(DAYS - 1, self.today + self.dice.choice((0, 0, 1, 1, 2)))
            act = self.dice.choice((self.move_in, self.change, self.change, self.change, self.mend, self.leave, self.notice, self.restore, self.annul))
            accepted = act()
            self.tried[f"{act.__name__}{'' if accepted else ' (refused)'}"] += 1
            self.newest_row_is_the_fold()

    def word(self) -> str:
        return f"v{self.step}"

    def open_spell(self) -> int | None:
        """The spell whose sheet is open today (転出予定 included)."""
        for spell in self.oracle.spells():
            life = self.oracle.life(spell)
            if life and life[0] <= self.today < life[1]:
                return spell
        return None

    def fact(self, **more: object) -> Fact:
        return Fact(step=self.step, number=len(self.oracle.facts) + 1, **more)  # type: ignore[arg-type]

    def move_in(self) -> bool:
        if self.open_spell() is not None:
            return False
        day = self.dice.randint(max(0, self.today - 6), self.today)
        spell = len(self.oracle.spells()) + 1
        values: dict[str, object] = {name: self.word() for name in ENTRIES}
        entries = SheetEntries(**values, opened_on=on(day))  # type: ignore[arg-type]
        before = [whole for rows in spells_of(self.register.versions).values() if (whole := fold(rows))]
        refused = spells_overlap([*before, entries])
        self.oracle.facts.append(self.fact(spell=spell, day=day, values={**values, "opened_on": day, "closed_on": None}, opens=True))
        assert self.oracle.overlap() == refused
        if refused:
            self.oracle.facts.pop()
            return False
        self.register.write(self.step, spell, on(day), None, entries)
        return True

    def change(self) -> bool:
        """Any entries, on a day in the past or today; sometimes a day known only by its bounds."""
        spell = self.open_spell()
        if spell is None:
            return False
        names = self.dice.sample(ENTRIES, self.dice.randint(1, 3))
        first = self.dice.randint(max(0, self.today - 10), self.today)
        written = JapaneseDate.of(on(first))
        last = first
        if self.dice.random() < 0.2:
            written, last = JapaneseDate.parse("令和8年1月 日不詳"), 30
            first = 0
        day = min(last, self.today)
        values: dict[str, object] = {name: self.word() for name in names}
        key = key_of(written, on(self.today))
        assert key == on(day)
        number = len(self.register.versions) + 1
        refused = bool(overtaken_by(self.register.versions, spell, (key, number, number), names))
        assert refused == self.oracle.hidden(spell, day, names), "overtaken"
        if refused:
            return False
        self.oracle.facts.append(self.fact(spell=spell, day=day, values=values))
        self.register.write(self.step, spell, key, values, replace(self.register.current(spell), **values))  # type: ignore[arg-type]
        return True

    def leave(self) -> bool:
        """転出: closes on a day that may lie ahead; its key never does (fold.md 1)."""
        spell = self.open_spell()
        if spell is None or self.register.current(spell).closed_on is not None:
            return False
        life = self.oracle.life(spell)
        assert life is not None
        planned = self.dice.randint(max(life[0], self.today - 3), min(DAYS - 1, self.today + 5))
        day = min(planned, self.today)
        key, number = on(day), len(self.register.versions) + 1
        refused = bool(overtaken_by(self.register.versions, spell, (key, number, number), ["closed_on"]))
        assert refused == self.oracle.hidden(spell, day, ["closed_on"])
        if refused:
            return False
        self.oracle.facts.append(self.fact(spell=spell, day=day, values={"closed_on": planned}))
        self.register.write(self.step, spell, key, {"closed_on": on(planned)}, replace(self.register.current(spell), closed_on=on(planned)))
        return True

    def notice(self) -> bool:
        """転入通知: the earlier of the planned day and the notified one; its key is never below the closing's (fold.md 16)."""
        closed = [s for s in self.oracle.spells() if (life := self.oracle.life(s)) and life[1] < FOREVER]
        if not closed:
            return False
        spell = self.dice.choice(closed)
        life = self.oracle.life(spell)
        assert life is not None
        day = min(life[1], self.dice.randint(max(life[0], self.today - 4), max(life[0], self.today)))
        standing = max(
            (v for v in live(self.register.versions) if v.spell_no == spell and "closed_on" in v.asserted() and not v.is_opening), key=lambda v: v.place
        )
        key = max(min(on(day), on(self.today)), standing.key)
        painted = (key - BASE).days
        self.oracle.facts.append(self.fact(spell=spell, day=painted, values={"closed_on": day}))
        self.register.write(self.step, spell, key, {"closed_on": on(day)}, replace(self.register.current(spell), closed_on=on(day)))
        return True

    def mend(self) -> bool:
        """誤記修正: in the place of the version whose entry was wrong, also when overtaken since (fold.md 6, 12)."""
        spell = self.open_spell()
        if spell is None:
            return False
        of_spell = [v for v in live(self.register.versions) if v.spell_no == spell and set(v.asserted()) & set(ENTRIES)]
        wrong = self.dice.choice(of_spell)
        name = self.dice.choice(sorted(set(wrong.asserted()) & set(ENTRIES)))
        if wrong.is_opening:  # the opening lies under everything, and so does what mends it
            return False
        values: dict[str, object] = {name: self.word()}
        self.oracle.facts.append(self.fact(spell=spell, day=(wrong.key - BASE).days, values=values, mends=wrong.history_no))
        number = len(self.register.versions) + 1
        mended = Version(number, spell, spell, wrong.key, wrong.anchor, moment(self.step), self.register.current(spell), values)
        whole = fold([*spells_of(self.register.versions)[spell], mended])
        assert whole is not None
        self.register.write(self.step, spell, wrong.key, values, whole, wrong.anchor)
        return True

    def restore(self) -> bool:
        """回復: in the place of the closing, which stays; only while no later spell has begun (fold.md 11)."""
        spells = self.oracle.spells()
        if not spells or (life := self.oracle.life(spells[-1])) is None or life[1] > self.today:
            return False
        closing = max(
            (v for v in live(self.register.versions) if v.spell_no == spells[-1] and "closed_on" in v.asserted() and not v.is_opening), key=lambda v: v.place
        )
        entries = replace(self.register.current(spells[-1]), closed_on=None)
        line = self.oracle.painted(spells[-1], None)
        assert line is not None
        owner = line["closed_on"][-1][1]
        self.oracle.facts.append(self.fact(spell=spells[-1], day=(closing.key - BASE).days, values={"closed_on": None}, mends=owner))
        self.register.write(self.step, spells[-1], closing.key, {"closed_on": None}, entries, closing.anchor)
        return True

    def annul(self) -> bool:
        """取消し: annuls, asserts nothing, and its row restores; it is itself never annulled (fold.md 7–10)."""
        alive = [v for v in live(self.register.versions) if not v.of_cancel]
        if not alive:
            return False
        target = self.dice.choice(alive)
        if resting_on(self.register.versions, target, on(self.today)):
            return False
        # what nothing rests on can be taken away without hurting any law of days
        self.oracle.facts[target.history_no - 1].annulled = self.step
        assert not self.oracle.overlap()
        self.register.versions[target.history_no - 1] = replace(target, annulled_at=moment(self.step))
        whole, last = fold(spells_of(self.register.versions)[target.spell_no]), self.register.newest(target.spell_no)
        self.oracle.facts.append(self.fact(spell=target.spell_no, day=self.today, values={}))
        self.register.write(self.step, target.spell_no, on(self.today), {}, whole or replace(last, closed_on=last.opened_on))
        self.register.versions[-1] = replace(self.register.versions[-1], of_cancel=True)
        return True

    def newest_row_is_the_fold(self) -> None:
        """Newest row = whole fold = as of today (design §4); annulments restore by a row of their own."""
        for spell in self.oracle.spells():
            line = self.oracle.painted(spell, None)
            whole = fold(spells_of(self.register.versions)[spell])
            assert (whole is None) == (line is None)
            newest = self.register.newest(spell)
            if line is not None and whole is not None:
                assert {n: line[n][-1][0] for n in ENTRIES} == {n: getattr(whole, n) for n in ENTRIES}
                assert newest == whole
            else:
                assert newest.opened_on == newest.closed_on  # 取消し（減）: no day finds it

    def compare(self) -> int:
        """Every day, as known now and at six moments drawn by lot. Returns how many comparisons were made."""
        made = 0
        for step in (None, *self.dice.sample(range(1, self.step + 1), min(6, self.step))):
            known_at = None if step is None else moment(step)
            for day in range(DAYS):
                said = as_of(self.register.versions, on(day), known_at=known_at)
                painted = self.oracle.as_of(day, step)
                assert (None if said is None else {n: getattr(said, n) for n in ENTRIES}) == painted, (day, step)
                made += 1
        return made


def test_ランダムな生涯で神託と一致する():
    """design §4: now, as of D, as of D known at T."""
    tried: Counter[str] = Counter()
    compared = 0
    for seed in range(SEQUENCES):
        life = Life(random.Random(seed))
        life.play(random.Random(seed).choice((12, 25, 40)))
        compared += life.compare()
        tried += life.tried
    for act in ("move_in", "change", "change (refused)", "mend", "leave", "notice", "restore", "annul", "annul (refused)"):
        assert tried[act] > SEQUENCES / 20, (act, tried)
    assert compared >= SEQUENCES * DAYS * 7


@pytest.mark.parametrize(
    ("broken", "how"),
    [
        ("key lies ahead", lambda v: (not v.is_opening, v.key, v.history_no, v.history_no)),
        ("only the order of recording", lambda v: (not v.is_opening, date.min, 0, v.history_no)),
        ("no anchor", lambda v: (not v.is_opening, v.key, v.history_no)),
    ],
)
def test_規則を外すと神託が気づく(monkeypatch: pytest.MonkeyPatch, broken: str, how):
    """The oracle can fail: each rule of 効力順 that is left out is noticed within 400 lives."""
    if broken == "key lies ahead":
        monkeypatch.setattr(f"{__name__}.key_of", lambda effective, recorded: effective.first)
    else:
        monkeypatch.setattr(Version, "place", property(how))
    with pytest.raises(AssertionError):
        _play_lives(400)


def _play_lives(count: int) -> None:
    for seed in range(count):
        life = Life(random.Random(seed))
        life.play(25)
        life.compare()
