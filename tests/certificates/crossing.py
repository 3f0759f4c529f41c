"""取り違えの攻撃 — many requests at once through machinery that mixes everything up, one step at a time, in an order that a seed decides. A-05.

What is real: the digest of a request, the bond, the last hop's judgement (certificates/binding.py). What is played: officers, retries, double clicks,
workers that keep the buffer of the paper before, printers that hand sheets on late and out of order, a worker with another version of the form, and a
record that is read when another wrote last. The model knows of each request what alone may leave for it, in its own words: it makes no digest.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from random import Random

from daicho.certificates.binding import Bond, Leaving, OfPerson, digest_of, mismatches, request_digest
from daicho.paper.stamp import stamp_of, stamps_of

PEOPLE = ("taro", "hanako", "jiro")
OFFICERS = ("suzuki", "satou")


@dataclass(frozen=True)
class Asked:
    """One click. `session` 1 and 2 are two windows of the same officer."""

    once: int
    officer: str
    session: int
    person: str
    kind: str


@cache
def asked_digest(asked: Asked) -> str:
    """As the screen makes it; kept, because the same few clicks come again and again."""
    return request_digest({"login": asked.officer, "session": asked.session, "path": asked.person, "chosen": asked.kind})


@dataclass(frozen=True)
class Work:
    """A click on its way: what the worker was given, and which version of the person and of the form it works with."""

    asked: Asked
    version: int
    form: int

    @property
    def said(self) -> str:
        """All that the copy says: what a document's own stamp is made of."""
        return f"{self.asked.kind}/{self.asked.person}/{self.version}/{self.asked.once}/form{self.form}"


def stamped(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()


def rendered(said: str) -> bytes:
    """The stamping renderer: a paper that tells what it was made of, as the press does."""
    return b"%PDF-1.7\n" + said.encode() + b"\n<</Keywords(" + stamped(said).encode() + b")/Creator(x)>>\n%%EOF"


@dataclass
class Shop:
    """Everything that the requests share, and can get wrong."""

    random: Random
    faults: frozenset[str]
    versions: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(PEOPLE, 1)))
    buffer: bytes = b""
    printer: list[tuple[Asked, bytes]] = field(default_factory=list)
    register: dict[int, tuple[Bond, str]] = field(default_factory=dict)
    left: list[tuple[Asked, bytes]] = field(default_factory=list)
    refused: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    stopped: bool = False

    def fails(self, fault: str) -> bool:
        return fault in self.faults and self.random.random() < 0.3


FAULTS = ("stale buffer", "swapped sheets", "old form", "wrong row", "late retry", "cut short", "two papers in one", "other session")


def steps(shop: Shop, asked: Asked) -> list[Callable[[], None]]:
    """What happens to one click, cut where another may come between."""
    state: dict[str, object] = {}

    def begin() -> None:
        form = 2 if shop.fails("old form") else 1
        state["work"] = Work(asked, shop.versions[asked.person], form)

    def render() -> None:
        work = state["work"]
        assert isinstance(work, Work)
        pdf = rendered(work.said)
        if shop.fails("stale buffer") and shop.buffer:
            pdf, shop.buffer = shop.buffer, pdf  # what the worker made before lies in its buffer still
        else:
            shop.buffer = pdf
        if shop.fails("cut short"):
            pdf = pdf[: len(pdf) // 2]
        if shop.fails("two papers in one"):
            pdf += shop.buffer
        state["pdf"] = pdf

    def record() -> None:
        """As put_on_record: what the document says beside what the press gave."""
        work, pdf = state["work"], state["pdf"]
        assert isinstance(work, Work) and isinstance(pdf, bytes)
        expected = Work(asked, work.version, 1)
        if asked.once in shop.register or shop.stopped:
            state["refused"] = True  # a double click, or a stop
            return
        if stamp_of(pdf) != stamped(expected.said):
            state["refused"] = True  # nothing is recorded
            return
        people = (OfPerson(asked.person, work.version),)
        bond = Bond(str(asked.once), asked_digest(asked), asked.kind, f"no {asked.once}", people, stamped(expected.said), digest_of(pdf), digest_of(pdf))
        shop.register[asked.once] = (bond, bond.digest)

    def send() -> None:
        if state.get("refused"):
            shop.outcomes["refused before its record"] += 1
            return
        pdf = state["pdf"]
        assert isinstance(pdf, bytes)
        shop.printer.append((asked, pdf))
        if shop.fails("late retry"):
            shop.printer.append((asked, shop.buffer))
        if shop.fails("swapped sheets") and len(shop.printer) > 1:
            (first, one), (second, two) = shop.printer[-2:]
            shop.printer[-2:] = [(first, two), (second, one)]

    def last_hop() -> None:
        if not shop.printer:
            return
        ours, pdf = shop.printer.pop(shop.random.randrange(len(shop.printer)))
        row = ours.once
        if shop.fails("wrong row"):
            row = shop.random.choice(sorted(shop.register))
        asking = Asked(ours.once, ours.officer, 3 - ours.session, ours.person, ours.kind) if shop.fails("other session") else ours
        bond, binding = shop.register.get(row, (None, ""))
        if shop.stopped or bond is None:
            shop.outcomes["stood still"] += 1
            return
        if mismatches(bond, binding, Leaving(str(ours.once), asked_digest(asking), ours.person, digest_of(pdf), stamps_of(pdf))):
            shop.stopped = bool(shop.faults) and shop.random.random() < 0.5  # half of the shops go on, so that more is seen
            shop.outcomes["stopped at the last hop"] += 1
            return
        shop.outcomes["left"] += 1
        shop.left.append((asking, pdf))

    def change() -> None:
        """The register moves on meanwhile: a later copy is of a later version."""
        if shop.random.random() < 0.3:
            shop.versions[shop.random.choice(PEOPLE)] += 1

    return [begin, render, change, record, send, last_hop]


def interleaving(seed: int) -> Shop:
    """One run: two to four clicks, some of them the same one twice, their steps in the order that the seed gives. Half of the runs have no fault."""
    random = Random(seed)
    faults = frozenset(random.sample(FAULTS, random.randint(1, 3))) if seed % 2 else frozenset()
    shop = Shop(random, faults)
    clicks = [
        Asked(once, random.choice(OFFICERS), random.randint(1, 2), random.choice(PEOPLE), random.choice(("personal", "household")))
        for once in range(random.randint(2, 3))
    ]
    if random.random() < 0.4:
        clicks.append(random.choice(clicks))  # a double click
    waiting = [steps(shop, asked) for asked in clicks]
    while waiting:
        at = random.randrange(len(waiting))
        waiting[at].pop(0)()
        if not waiting[at]:
            waiting.pop(at)
    return shop


def crossed(shop: Shop) -> list[str]:
    """What left and should not have: judged by what the paper says in its own words."""
    wrong = []
    for asked, pdf in shop.left:
        said = pdf.split(b"\n")[1].decode()
        kind, person, version, once, form = said.split("/")
        if (kind, person, once, form) != (asked.kind, asked.person, str(asked.once), "form1"):
            wrong.append(f"{asked} got {said}")
        if pdf != rendered(said):
            wrong.append(f"{asked} got a paper that is not whole")
        if int(version) > shop.versions[person]:
            wrong.append(f"{asked} got a version that was not yet")
    per_copy = Counter(asked.once for asked, _ in shop.left)
    if not shop.faults and any(count > 1 for count in per_copy.values()):
        wrong.append("one copy left twice")
    return wrong
