"""隠された人の計測 — whether an officer who may not know can tell, by the time of an answer, somebody hidden from somebody who is not there. domain §7; issue 5.

Each question is asked of people who are hidden and of people who are not there, in random order, the three at the same time over connections of their own.
The two samples of times are compared by the Mann–Whitney U test (two-sided, normal approximation, no assumption about the distribution). The aim is missed
when any question tells them apart at α = 0.01, divided by the number of questions (Bonferroni). With 10,000 of each it sees a twentieth of the spread.

python -m bench.hidden [--size 10000] [--probes 10000]     this measure alone, on a city of the bench
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from bench import place
from bench.counter import Desk, Officer, Unexpected
from bench.figures import Judgement, p50
from bench.loading import loaded
from bench.people import Sample, residents
from bench.place import FOLDER, ROOT, City, cluster
from daicho import clock
from daicho.site.launch import accounts
from daicho.site.launch.progress import say, table
from daicho.site.launch.up import interruptible, only_one

ALPHA = 0.01
SEED = 20260707
HIDDEN = 200
Question = str | dict[str, str]
"""An address, or what is typed into the search."""
INQUIRER = "r.miura"
"""The login of somebody who looks people up and may not know of a 抑止."""
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


def measure(city: City, probes: int, today: date) -> list[Compared]:
    """Hide some residents of the served city, and ask for them and for nobody, `probes` times each and question."""
    officer = next(Officer(each.login, each.password) for each in accounts.of(place.SYSTEM, city.folder) if each.login == INQUIRER)
    with city.connect(city.worked_on, read_only=True) as drawn:
        drawn_people = residents(drawn, SEED, HIDDEN)
    with cluster().connect(city.worked_on) as superuser:
        superuser.execute(_BLOCK, [[one.public_id for one in drawn_people], today])
        superuser.commit()
    desk, rng = Desk(city.port, officer), Random(SEED)
    desk.open_visit()
    asking = _Asking(desk, frozenset(str(one.public_id) for one in drawn_people))
    people = [one for one in drawn_people if asking.is_nobody(one.kana)]  # who has a namesake is answered with them
    nobody = _nobody(rng, people, asking)
    questions: dict[str, tuple[Callable[[], Question], Callable[[], Question]]] = {
        "個人票を識別子で開く": (lambda: f"/person/{rng.choice(people).public_id}/", lambda: f"/person/{UUID(int=rng.getrandbits(128), version=4)}/"),
        "氏名と生年月日で検索": (lambda: _said(rng.choice(people), 0), lambda: _said(rng.choice(people), rng.randint(1, 27))),
        "氏名で検索": (lambda: {"name": rng.choice(people).kana}, lambda: {"name": rng.choice(nobody)}),
    }
    with ThreadPoolExecutor(len(questions)) as pool:  # the listener sleeps most of the time (staff/even_answers.py)
        compared = [pool.submit(_compare, asking.beside(), title, *asked, probes) for title, asked in questions.items()]
        return [each.result() for each in compared]


@dataclass(frozen=True)
class _Asking:
    """An officer who asks, and the ids that must be in no answer."""

    desk: Desk
    hidden: frozenset[str]

    def beside(self) -> _Asking:
        return replace(self, desk=self.desk.beside())

    def is_nobody(self, kana: str) -> bool:
        return "該当する人はいません" in self.desk.search({"name": kana})[1].text

    def seconds(self, asked: Question) -> float:
        """Seconds of the one answer that both must get. Unexpected when somebody hidden is shown."""
        if isinstance(asked, str):
            page = self.desk.browser.get(asked)
            if page.status != 404:
                raise Unexpected(f"a hidden person's card answered {page.status}")
            return page.seconds
        times, page = self.desk.search(asked)
        if any(one in page.text for one in self.hidden):
            raise Unexpected("a search found somebody hidden")
        return times["POST 検索"].seconds


def _said(one: Sample, days: int) -> dict[str, str]:
    """As a visitor says who they are; `days` away from the birthday nobody of that name was born."""
    birth = one.birth + timedelta(days)
    return {"name": one.kana, "birth": birth.isoformat()}


def _nobody(rng: Random, people: Sequence[Sample], asking: _Asking) -> list[str]:
    """As many names as there are people: 氏 and 名 of two of them, that nobody has together."""
    made: list[str] = []
    while len(made) < len(people):
        name = "　".join((rng.choice(people).kana.partition("　")[0], rng.choice(people).kana.partition("　")[2]))
        if name not in {one.kana for one in people} and asking.is_nobody(name):
            made.append(name)
    return made


def _compare(asking: _Asking, title: str, hidden: Callable[[], Question], absent: Callable[[], Question], probes: int) -> Compared:
    order = [True, False] * probes
    Random(title).shuffle(order)
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for is_hidden in order:
        seconds[is_hidden].append(asking.seconds((hidden if is_hidden else absent)()))
    return Compared(title, seconds[True], seconds[False])


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


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.hidden")
    parser.add_argument("--size", type=int, default=10_000, help="residents of the city")
    parser.add_argument("--probes", type=int, default=10_000, help="of the hidden, and as many of nobody, for each question")
    chosen = parser.parse_args()
    city = City(chosen.size, 0)
    city.folder.mkdir(parents=True, exist_ok=True)
    with only_one(FOLDER), interruptible(), place.running():
        with cluster().connect() as superuser:
            loaded(superuser, city)
            place.clone_city(superuser, city)
            place.prepare_static(city)
        with place.served([city]):
            found = measure(city, chosen.probes, clock.today())
    judged = judgements(found)
    say("\n" + table(*table_of(found)))
    say("\n".join(f"{'met' if one.met else 'MISSED'}: {one.what}: {one.found} (wanted {one.aim})" for one in judged))
    return 0 if all(one.met for one in judged) else 1


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
