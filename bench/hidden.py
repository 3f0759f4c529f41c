"""隠された人の計測 — whether an officer who may not know can tell, by the time of an answer, somebody hidden from somebody who is not there. domain §7; issue 5.

Each question is asked of people who are hidden and of people who are not there, in random order, and the two samples of times are compared by the
Mann–Whitney U test (two-sided, normal approximation, no assumption about the distribution). The aim is missed when any question tells them apart at
α = 0.01, divided by the number of questions (Bonferroni). With 10,000 of each the test sees a shift of about a twentieth of the spread.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from bench.counter import Desk, Officer, Unexpected
from bench.figures import Judgement, p50
from bench.people import Sample, residents
from bench.place import City, cluster

ALPHA = 0.01
SEED = 20260707
HIDDEN = 200
_BLOCK = """
    WITH made AS (
        INSERT INTO residents_block (municipality_code, public_id, person_id, kind, reason, set_by, set_at)
        SELECT municipality_code, gen_random_uuid(), id, 'other', '計測', '計測', now() FROM residents_person WHERE public_id = ANY(%s::uuid[]) RETURNING id, municipality_code
    ) INSERT INTO residents_blockterm (municipality_code, block_id, process, strength, starts_on, recorded_by, recorded_at)
      SELECT municipality_code, id, 'inquiry', 'error', %s, '計測', now() FROM made
"""


@dataclass(frozen=True)
class Compared:
    """The times (seconds) of one question: of the hidden, and of those who are not there. `p`: how probable so large a difference is by chance."""

    title: str
    hidden: Sequence[float]
    absent: Sequence[float]

    @property
    def p(self) -> float:
        return mann_whitney(self.hidden, self.absent)


def mann_whitney(one: Sequence[float], other: Sequence[float]) -> float:
    """The two-sided p-value of the U test, with the correction for ties. 1.0 when all are equal."""
    ordered = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks, ties, at = 0.0, 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        count = end - at
        ranks += (at + end + 1) / 2 * sum(1 for _, whose in ordered[at:end] if whose == 0)
        ties += count**3 - count
        at = end
    n, m = len(one), len(other)
    total = n + m
    spread = math.sqrt(n * m / 12 * ((total + 1) - ties / (total * (total - 1))))
    if not spread:
        return 1.0
    return math.erfc(abs(ranks - n * (n + 1) / 2 - n * m / 2) / spread / math.sqrt(2))


def measure(city: City, officer: Officer, probes: int, today: date) -> list[Compared]:
    """Hide some residents of the served city, and ask for them and for nobody, `probes` times each and question."""
    with city.connect(city.worked_on, read_only=True) as drawn:
        people = residents(drawn, SEED, HIDDEN)
        names = {kana for (kana,) in drawn.execute("SELECT DISTINCT name_kana FROM residents_sheetcurrent WHERE name_kana IS NOT NULL")}
    with cluster().connect(city.worked_on) as superuser:
        superuser.execute(_BLOCK, [[one.public_id for one in people], today])
        superuser.commit()
    desk, rng = Desk(city.port, officer), Random(SEED)
    desk.open_visit()
    questions: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "個人票を識別子で開く": (lambda: f"/person/{rng.choice(people).public_id}/", lambda: f"/person/{UUID(int=rng.getrandbits(128), version=4)}/"),
        "氏名と生年月日で検索": (lambda: _said(rng.choice(people), 0), lambda: _said(rng.choice(people), rng.randint(1, 27))),
        "氏名で検索": (lambda: {"name": rng.choice(people).kana}, lambda: {"name": _nobody(rng, people, names)}),
    }
    return [_compare(desk, title, hidden, absent, probes, rng) for title, (hidden, absent) in questions.items()]


def _said(one: Sample, days: int) -> dict[str, str]:
    """As a visitor says who they are; `days` away from the birthday nobody of that name was born."""
    birth = one.birth + timedelta(days)
    return {"name": one.kana, "birth": birth.isoformat()}


def _nobody(rng: Random, people: Sequence[Sample], names: set[str]) -> str:
    """A 氏 and a 名 of two residents, that nobody has together."""
    while True:
        made = "　".join((rng.choice(people).kana.partition("　")[0], rng.choice(people).kana.partition("　")[2]))
        if made not in names:
            return made


def _compare(desk: Desk, title: str, hidden: Callable[[], object], absent: Callable[[], object], probes: int, rng: Random) -> Compared:
    order = [True, False] * probes
    rng.shuffle(order)
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for is_hidden in order:
        asked = (hidden if is_hidden else absent)()
        seconds[is_hidden].append(_ask(desk, asked))
    return Compared(title, seconds[True], seconds[False])


def _ask(desk: Desk, asked: object) -> float:
    """Seconds of the one answer that both must get. Unexpected when anybody is shown."""
    if isinstance(asked, str):
        page = desk.browser.get(asked)
        if page.status != 404:
            raise Unexpected(f"a hidden person's card answered {page.status}")
        return page.seconds
    assert isinstance(asked, dict)
    times, page = desk.search(asked)
    if "該当する人はいません" not in page.text:
        raise Unexpected("a search found somebody hidden")
    return times["POST 検索"].seconds


def judgements(found: Sequence[Compared]) -> list[Judgement]:
    level = ALPHA / len(found)
    return [
        Judgement(
            f"隠された人と、いない人の時間：{one.title}", f"p ≥ {level:.4f}", f"p = {one.p:.4f}（{p50(one.hidden) * 1000:.2f} / {p50(one.absent) * 1000:.2f} ms）",
            one.p >= level,
        )
        for one in found
    ]  # fmt: skip


def table_of(found: Sequence[Compared]) -> tuple[list[str], list[list[str]]]:
    head = ["question", "probes of each", "hidden p50 ms", "not there p50 ms", "p"]
    return head, [[one.title, f"{len(one.hidden):,}", f"{p50(one.hidden) * 1000:.3f}", f"{p50(one.absent) * 1000:.3f}", f"{one.p:.4f}"] for one in found]
