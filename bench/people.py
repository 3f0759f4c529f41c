"""計測の人 — made-up people who are new to the city in every run, and values of those who live in it, drawn with a seed. No real person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import psycopg

from daicho.paper.glyphs import clusters
from daicho.values import made_up
from daicho.values.dates import JapaneseDate
from daicho.values.search_key import BadQuery, SearchKind, expand

FIRST_INDEX = made_up.CAPACITY - 400_000  # far above those of the synthetic city
_SURNAMES = (("計測", "ケイソク"), ("試走", "シソウ"), ("測定", "ソクテイ"), ("標本", "ヒョウホン"))
_GIVEN = (("太郎", "タロウ", "1"), ("花子", "ハナコ", "2"), ("一郎", "イチロウ", "1"), ("二葉", "フタバ", "2"))
_RELATIONSHIPS = ("世帯主", "妻", "子", "子")
_BORN = (1980, 1982, 2010, 2013)


@dataclass(frozen=True)
class Sample:
    """One resident as a visitor would say who they are."""

    public_id: str
    kana: str
    kanji: str
    birth: date

    @property
    def two_characters(self) -> str:
        """The first two of the surname, each with its variation selector."""
        return "".join(clusters(self.kanji.partition("　")[0])[:2])

    def can_be_searched(self) -> bool:
        """A surname of two characters, and a kana that the search does not refuse for its many readings."""
        try:
            expand(self.kana, SearchKind.KANA)
        except BadQuery:
            return False
        return len(clusters(self.kanji.partition("　")[0])) > 1

    @property
    def birth_said(self) -> str:
        return JapaneseDate.of(self.birth).wareki()


@dataclass(frozen=True)
class Household:
    """A household of three or more: its number, its 世帯主, a child, and somebody else who stands before the child."""

    number: str
    head: str
    other: str
    child: str


def households(connection: psycopg.Connection, seed: int, count: int) -> list[Household]:
    """Households drawn with a seed: Japanese, all residents of no planned 転出."""
    rows = connection.execute(
        """
        SELECT c.household_no, array_agg(p.public_id::text ORDER BY c.order_in_household), array_agg(c.relationship ORDER BY c.order_in_household)
          FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id
         WHERE c.closed_on IS NULL
         GROUP BY c.household_no
        HAVING count(*) > 2 AND bool_and(c.resident_kind = '1') AND count(*) FILTER (WHERE c.relationship = '世帯主') = 1
         ORDER BY 1
        """
    ).fetchall()
    known = [Household(number, people[0], people[1], people[-1]) for number, people, words in rows if words[0] == "世帯主" and words[-1] == "子"]
    return Random(seed).sample(known, min(count, len(known)))


def family(number: int, today: date) -> tuple[dict[str, str], list[dict[str, str]]]:
    """A family of four that moves in: the filing's fields and each person's. Their numbers are taken by nobody else."""
    rng = Random(number)
    surname, surname_kana = _SURNAMES[number % len(_SURNAMES)]
    day = today.isoformat()
    filing = {
        "effective_on": day, "filed_on": day, "filer": "self", "address": f"花園{1 + number % 5}丁目{201 + number % 90}番{1 + number // 90}号",
        "household_choice": "new", "previous_municipality_code": "札幌市中央区", "previous_address": f"北海道札幌市中央区南一条西一丁目{number + 1}番地",
    }  # fmt: skip
    people = []
    for at, (given, given_kana, sex) in enumerate(_GIVEN):
        index = FIRST_INDEX + number * len(_GIVEN) + at
        born = date(_BORN[at], 1, 1) + timedelta(rng.randrange(365))
        people.append({
            "resident_kind": "1", "name_kanji": f"{surname}　{given}", "name_kana": f"{surname_kana}　{given_kana}", "kana_notarised": "both",
            "birth_date": JapaneseDate.of(born).wareki(), "sex_code": sex,
            "relationship": _RELATIONSHIPS[at], "registered_domicile": "北海道札幌市中央区南一条西一丁目1番地", "family_register_head_name": f"{surname}　太郎",
            "juminhyo_code": str(made_up.made_up_juminhyo_code(index)), "individual_number": str(made_up.made_up_individual_number(index)),
        })  # fmt: skip
    return filing, people


def residents(connection: psycopg.Connection, seed: int, count: int) -> list[Sample]:
    """Residents drawn with a seed: Japanese, with a kana of two parts and a certain birth date, so that each can be searched by all of them;
    of 15 years and more, who may ask for a copy by themselves."""
    rows = connection.execute(
        """
        SELECT p.public_id::text, c.name_kana, c.name_kanji, c.birth_first FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id
         WHERE c.closed_on IS NULL AND c.birth_first = c.birth_last AND c.name_kana LIKE '%%　%%' AND c.name_kanji LIKE '__%%　%%'
           AND c.birth_first < CURRENT_DATE - INTERVAL '15 years'
         ORDER BY p.atena_no
        """
    ).fetchall()
    known = [sample for sample in (Sample(*row) for row in rows) if sample.can_be_searched()]
    return Random(seed).sample(known, min(count, len(known)))
