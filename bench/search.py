"""検索の計測 — `python -m bench.search [--sizes 100000,1000000] [--fresh]`: who is found first of bench/queries.csv, by daicho and beside it; exit 1 on a missed aim.

A part of its own: a city of a million is long in coming and large (BENCH_FOLDER says where it lies). What one city was measured at is kept beside it,
as its load is, and not measured again until the city, the queries or the searching change. Writes bench/SEARCH.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any  # the columns of a row are of many types

import psycopg

from bench import place, rivals
from bench.figures import Judgement, p50, p95
from bench.loading import made_file, take_in
from bench.place import FOLDER, ROOT, City, begin_city, cluster
from bench.queries import Query, read
from bench.report import Machine, aims, markdown
from bench.rivals import Found
from daicho.residents.rules.search_birth import read_birth
from daicho.site.launch.binaries import LaunchError
from daicho.site.launch.progress import say, step, table
from daicho.site.launch.stamps import digest_of
from daicho.site.launch.up import interruptible, only_one
from daicho.values.kana import to_katakana
from daicho.values.search_key import SearchKind, search_key

RESULTS = Path(__file__).with_name("SEARCH.md")
RIGHT_FIRST = 0.995
DAICHO, SQL, LIBRARY = "daicho", "plain SQL", "tantivy"
SQL_EVERY = {50_000: 8, 500_000: 64}  # from so many residents on, of so many queries one is put to plain SQL, which reads the whole city each time
WARM_UP = 40  # of the queries, a tenth where they are fewer
SEARCHED_BY = ("residents/queries/*.py", "residents/rules/*.py", "audit/*.py", "rows/*.py", "values/**/*.py")

_FACTS = """
    SELECT v.name_kanji, v.name_kana, v.foreign_name_kanji, v.foreign_name_katakana, v.foreign_alias, v.foreign_alias_kana, v.former_surname, v.former_surname_kana,
           v.foreign_name_alphabet, v.address, v.previous_address, c.birth_first, c.birth_last
      FROM residents_sheetversion v JOIN residents_person p ON p.id = v.person_id JOIN residents_sheetcurrent c ON c.sheet_id = v.sheet_id
     WHERE p.atena_no = %s
"""


@dataclass
class Scores:
    """What one way of searching did with the queries of one city."""

    right: dict[str, list[bool]] = field(default_factory=dict)  # by kind
    seconds: list[float] = field(default_factory=list)
    missed: list[Query] = field(default_factory=list)

    @classmethod
    def of(cls, right: dict[str, list[bool]], seconds: list[float], missed: list[dict[str, str]]) -> Scores:
        """As it was kept."""
        return cls(right, seconds, [Query(**one) for one in missed])

    @property
    def all(self) -> list[bool]:
        return [one for kind in self.right.values() for one in kind]

    @property
    def share(self) -> float:
        return sum(self.all) / len(self.all)


class Judge:
    """Whether who was found first is the one meant, or shares all that was meant; or, of who slipped into another's name, is that other."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def is_right(self, query: Query, found: Sequence[str]) -> bool:
        if not found or found[0] == query.expected:
            return bool(found)
        rows = self.connection.execute(_FACTS, [found[0]]).fetchall()
        return self._shares(query, rows) or (query.kind.startswith("打ち違い") and self._shares(_as_typed(query), rows))

    def _shares(self, query: Query, rows: Sequence[Sequence[Any]]) -> bool:
        names = {text for row in rows for text in row[:9] if text}
        addresses = {text for row in rows for text in row[9:11] if text}
        born = _born(query.meant_birth)
        return (
            (not query.meant_name or _is_among(query, names))
            and (not query.meant_address or query.meant_address in addresses)
            and (born is None or any(row[11] and row[11] <= born[1] and row[12] >= born[0] for row in rows))
        )


def _as_typed(query: Query) -> Query:
    """As if what was typed had been meant: somebody may well be named so, and born that day."""
    born = read_birth(query.birth)
    return replace(query, meant_name=to_katakana(query.name), meant_birth=(born.first.isoformat() if born.day else str(born.first.year)))


def _is_among(query: Query, names: set[str]) -> bool:
    """Whether one of the names, or its 氏 or 名, is the one meant; by its sound, where typing cannot tell them apart."""
    said = {part for name in names for part in (name, *name.split("　"))}
    if query.equal == "written":
        return query.meant_name in said
    kind = SearchKind.ROMAN if query.meant_name.isascii() else SearchKind.NAME
    return search_key(query.meant_name, kind) in {search_key(part, kind) for part in said}


def _born(meant: str) -> tuple[date, date] | None:
    if not meant:
        return None
    return (date.fromisoformat(meant),) * 2 if len(meant) > 4 else (date(int(meant), 1, 1), date(int(meant), 12, 31))


def run(queries: Sequence[Query], find: Callable[[Query], Found], judge: Judge) -> Scores:
    """All queries by one way."""
    scores = Scores()
    for query in queries[: min(WARM_UP, len(queries) // 10)]:
        find(query)
    for query in queries:
        found, seconds = find(query)
        right = judge.is_right(query, found)
        scores.right.setdefault(query.kind, []).append(right)
        scores.seconds.append(seconds)
        scores.missed += [] if right else [query]
    return scores


@contextmanager
def daicho(city: City) -> Iterator[Callable[[Query], Found]]:
    """The product's search of a city."""
    command = [sys.executable, "-m", "bench.found_by_daicho"]
    with subprocess.Popen(command, cwd=ROOT, env=city.environment(city.kept), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def find(query: Query) -> Found:
            print(json.dumps({"name": query.name, "birth": query.birth, "address": query.address}), file=asked, flush=True)
            answer = json.loads(answers.readline())
            return answer["found"], answer["seconds"]

        yield find
        asked.close()


def loaded(superuser: psycopg.Connection, city: City) -> None:
    """The city as `daicho import` brings it; kept until what it is made of changes."""
    city.folder.mkdir(parents=True, exist_ok=True)
    digest = city.digest()
    if city.stamps.has("searched", digest) or city.stamps.has("city", digest):
        return
    begin_city(superuser, city)
    with tempfile.TemporaryDirectory(dir=city.folder) as folder:
        file = made_file(city, Path(folder))
        say(f"city of {city.size:,}: loaded in {take_in(city, city.kept, file):.0f} s")
    with cluster().connect(city.kept) as inside:
        inside.execute("VACUUM ANALYZE")
    city.stamps.put("searched", digest)


@dataclass(frozen=True)
class Measured:
    """What each way did with the queries in one city, when, and how busy the machine was before."""

    scores: dict[str, Scores]
    day: str
    load_average: float


def measure(city: City, queries: Sequence[Query]) -> Measured:
    """Every way over the same queries of one city; as it was measured last, when nothing has changed since."""
    record, digest = city.folder / "scores.json", _digest(city)
    if city.stamps.has("scores", digest) and record.exists():
        kept = json.loads(record.read_text("utf-8"))
        return Measured({way: Scores.of(**one) for way, one in kept["scores"].items()}, kept["day"], kept["load_average"])
    busy = os.getloadavg()[0]
    done = Measured(_measured(city, queries), f"{datetime.now().astimezone():%Y-%m-%d %H:%M %z}", busy)
    record.write_text(json.dumps(asdict(done), ensure_ascii=False), "utf-8")
    city.stamps.put("scores", digest)
    return done


def _digest(city: City) -> str:
    ours = [(ROOT / "bench" / name).read_bytes() for name in ("queries.csv", "search.py", "rivals.py", "found_by_daicho.py")]
    return digest_of(SEARCHED_BY, city.digest(), ours, rivals.has_library())


def _measured(city: City, queries: Sequence[Query]) -> dict[str, Scores]:
    with ExitStack() as at_end:
        reader = at_end.enter_context(city.connect(city.kept, read_only=True))
        judge = Judge(reader)
        scores = {DAICHO: run(queries, at_end.enter_context(daicho(city)), judge)}
        _told(city, DAICHO, scores)
        scores[SQL] = run(queries[:: _every(city)], rivals.plain_sql(reader), judge)
        _told(city, SQL, scores)
        if rivals.has_library():
            folder = at_end.enter_context(tempfile.TemporaryDirectory(dir=city.folder))
            find, seconds = rivals.full_text(reader, Path(folder) / "index")
            say(f"city of {city.size:,}: index of {LIBRARY} made in {seconds:.0f} s")
            scores[LIBRARY] = run(queries, find, judge)
            _told(city, LIBRARY, scores)
    return scores


def _every(city: City) -> int:
    return max((every for size, every in SQL_EVERY.items() if city.size >= size), default=1)


def _told(city: City, way: str, scores: dict[str, Scores]) -> None:
    one = scores[way]
    say(
        f"city of {city.size:,}: {way}: right person first {one.share:.2%} of {len(one.all)}; p50 {p50(one.seconds) * 1000:.1f} ms, p95 {p95(one.seconds) * 1000:.1f} ms"
    )


def judgements(measured: dict[int, Measured]) -> list[Judgement]:
    return [
        Judgement(f"right person first, city of {size:,}", f"≥ {RIGHT_FIRST:.1%}", f"{one.scores[DAICHO].share:.2%}", one.scores[DAICHO].share >= RIGHT_FIRST)
        for size, one in measured.items()
    ]


def ways(measured: dict[int, Measured]) -> tuple[list[str], list[list[str]]]:
    head = ["city", "way", "n", "right person first", "p50 ms", "p95 ms", "measured", "load average"]
    return head, [
        [
            f"{size:,}", way, str(len(one.all)), f"{one.share:.2%}", f"{p50(one.seconds) * 1000:.1f}", f"{p95(one.seconds) * 1000:.1f}",
            of_city.day, f"{of_city.load_average:.1f}",
        ]
        for size, of_city in measured.items()
        for way, one in of_city.scores.items()
    ]  # fmt: skip


def kinds(measured: dict[int, Measured]) -> tuple[list[str], list[list[str]]]:
    """Of each kind of query the share of the right person first."""
    columns = [(size, way) for size, one in measured.items() for way in one.scores]
    head = ["what was typed", *(f"{way}, {size:,}" for size, way in columns)]
    names = list(dict.fromkeys(kind for one in measured.values() for kind in one.scores[DAICHO].right))
    return head, [[name, *(_share(measured[size].scores[way].right.get(name, [])) for size, way in columns)] for name in names]


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):.1%}" if right else "—"


def show(measured: dict[int, Measured], judged: Sequence[Judgement], machine: Machine) -> None:
    """Print everything and write bench/SEARCH.md."""
    tables = {"Aims": aims(judged), "Ways": ways(measured), "Kinds": kinds(measured)}
    text = [
        "# Who is found first", "",
        "Written by `python -m bench.search`; never edited by hand. The queries are bench/queries.csv, made with a seed from the made-up city (bench/queries.py). Right is",
        "the person meant, or one who shares all that was meant. Times: daicho's search in process as the screens call it, its record of the reading committed; plain SQL",
        f"(ILIKE and equality; in a large city every {SQL_EVERY[50_000]}th query, in a very large one every {SQL_EVERY[500_000]}th) and tantivy (grams of one and two characters, BM25) without any record. Without tantivy its rows are missing.", "",
        *machine.lines(), "",
    ]  # fmt: skip
    for title, (head, rows) in tables.items():
        print("\n" + table(head, rows), flush=True)
        text += [f"## {title}", "", *markdown(head, rows), ""]
    missed = [(size, query) for size, one in measured.items() for query in one.scores[DAICHO].missed]
    text += [
        "## Not first",
        "",
        *[f"- {size:,}: {query.kind}: 「{query.name}」「{query.birth}」「{query.address}」 for {query.meant_name}" for size, query in missed],
        "",
    ]
    RESULTS.write_text("\n".join(text), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.search", description="who is found first, by daicho and beside it")
    parser.add_argument("--sizes", default="100000,1000000", help="residents of each city, smallest first")
    parser.add_argument("--fresh", action="store_true", help="forget the kept cities")
    chosen = parser.parse_args()
    cities, queries = [City(int(size), order) for order, size in enumerate(chosen.sizes.split(","))], read()
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        with only_one(FOLDER), interruptible(), ExitStack() as at_end:
            if chosen.fresh:
                place.forget()
            busy, measured = os.getloadavg()[0], dict[int, Measured]()
            with step("PostgreSQL"):
                cluster().create()
                cluster().start()
            at_end.callback(cluster().stop)
            with cluster().connect() as superuser:
                durable = place.require_durable(superuser)
                version = superuser.execute("SHOW server_version").fetchone()
                for city in cities:
                    loaded(superuser, city)
                    measured[city.size] = measure(city, queries)
            machine = Machine(
                f"PostgreSQL {version[0] if version else '?'}", durable, busy, os.getloadavg()[0], f"{datetime.now().astimezone():%Y-%m-%d %H:%M %z}"
            )
            judged = judgements(measured)
            show(measured, judged, machine)
            return 0 if all(one.met for one in judged) else 1
    except LaunchError as error:
        print(f"bench.search: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
