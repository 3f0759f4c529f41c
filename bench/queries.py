"""札の付いた検索 — what clerks type, and whom they mean: made with a seed from the made-up city, kept as bench/queries.csv. std 2.1.2, 2.1.3; issue 5.

    python -m bench.queries          writes bench/queries.csv anew (the same, unless the made-up city changed)

Everybody meant is among the first households, so that the same queries serve a city of any size. No real person. `meant_*` is what the visitor
has in mind, without the slips of the fingers: whoever shares all of it is as right as the one expected.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from itertools import islice
from pathlib import Path
from random import Random

from daicho.values.dates import JapaneseDate
from daicho.values.search_key import SearchKind, search_key
from synthetic.city import people
from synthetic.people import Person

FILE = Path(__file__).with_suffix(".csv")
SEED, CITY_SEED, SIZE, EACH = 20261127, 1, 10_000, 60

VARIANTS = ("斎齋", "斉齊", "辺邊邉", "高髙", "崎﨑嵜", "沢澤", "浜濱濵", "桜櫻", "国國", "広廣", "島嶋嶌", "吉𠮷", "恵惠", "瀬瀨", "渡渡", "竜龍", "真眞", "万萬", "橋𣘺", "桑桒", "滝瀧", "富冨", "黒黑", "塚塚", "条條", "豊豐", "児兒", "徳德", "関關", "応應", "鉄鐵", "亀龜", "実實", "藤籐")  # fmt: skip
"""異体字 that registers hold of one another's names; what stands in one row is typed for whatever else does."""
_ROWS = ("アイウエオ", "カキクケコ", "サシスセソ", "タチツテト", "ナニヌネノ", "ハヒフヘホ", "マミムメモ", "ヤユヨ", "ラリルレロ")
_PLAIN = str.maketrans("ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ", "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホ")
_LARGE = str.maketrans("ャュョッ", "ヤユヨツ")
_HALF = {chr(ord("ァ") + at): half for at, half in enumerate("ｧｱｨｲｩｳｪｴｫｵ")} | dict(zip("カキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンッャュョー", "ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｯｬｭｮｰ", strict=True))  # fmt: skip
_HALF |= {voiced: _HALF[voiced.translate(_PLAIN)] + ("ﾟ" if voiced in "パピプペポ" else "ﾞ") for voiced in "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ"}
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_HALF["　"] = " "


@dataclass(frozen=True)
class Query:
    """One search as typed, whom it is for, and what was meant. `equal`: 'written' or, where typing cannot tell them apart, 'sounding'."""

    kind: str
    name: str
    birth: str
    address: str
    expected: str
    meant_name: str
    meant_birth: str
    meant_address: str
    equal: str


@dataclass(frozen=True)
class _One:
    """Somebody to be searched for, with what is needed to type it."""

    rng: Random
    person: Person

    @property
    def kana(self) -> str:
        return self.person.name.kana if self.person.name else ""

    @property
    def kanji(self) -> str:
        return self.person.name.kanji if self.person.name else ""

    def entries(self, name: str) -> list[str]:
        """Every value of an entry in the history, oldest first, each once."""
        return list(dict.fromkeys(str(row.entries[name]) for row in self.person.rows if row.entries.get(name)))

    @property
    def day(self) -> str:
        born = JapaneseDate.of(self.person.birth)
        code = born.encode()  # S55-03-09
        return self.rng.choice((born.wareki(), self.person.birth.isoformat(), code.replace("-0", ".").replace("-", ".")))

    @property
    def year(self) -> str:
        return self.rng.choice((f"{self.person.birth.year}年", JapaneseDate.of(self.person.birth).wareki().partition("年")[0] + "年"))


_Typed = tuple[str, str, str, str, str, str]
"""name, birth, address as typed; then the name, how much of the birth date (day, year or nothing) and the address that are meant."""
_Way = Callable[[_One], _Typed | None]


def _parts(text: str) -> tuple[str, str]:
    surname, _, given = text.partition("　")
    return surname, given


def _other_writing(one: _One) -> _Typed | None:
    """長音 and 拗音 otherwise than in the register."""
    said = one.kana.translate(_LARGE)
    for before in "オコソトノホモヨロ":
        said = said.replace(f"{before}ウ", before + one.rng.choice(("オ", "ウ", "ー")))
    said = said.replace("ー", "") if one.rng.random() < 0.5 else said
    return (said, one.year, "", one.kana, "year", "") if said != one.kana else None


def _variant(one: _One) -> _Typed | None:
    for at, character in enumerate(one.kanji):
        for group in VARIANTS:
            if character in group and len(set(group)) > 1:
                other = one.rng.choice([each for each in group if each != character])
                plain = "".join(c for c in one.kanji if not 0xE0100 <= ord(c) < 0xE01F0)
                return (plain.replace(character, other, 1), one.day, "", one.kanji, "day", "") if at < len(one.kanji) else None
    return None


def _roman(one: _One, typed: Callable[[list[str]], str]) -> _Typed | None:
    foreign = one.person.foreign
    return (typed(foreign.alphabet.split()), f"{one.person.birth.year}", "", foreign.alphabet, "year", "") if foreign else None


def _turned(words: list[str]) -> str:
    return " ".join(reversed(words)).lower()


def _former(one: _One, entry: str) -> _Typed | None:
    found = one.entries(entry)
    return (found[-1], one.day, "", found[-1], "day", "") if found else None


def _alias(one: _One, kana: bool) -> _Typed | None:
    alias = one.person.foreign.alias if one.person.foreign else None
    if alias is None:
        return None
    text = alias.kana if kana else alias.kanji
    return text.replace("　", one.rng.choice(("", " ", "　"))), "", "", text, "", ""


def _old_address(one: _One) -> _Typed | None:
    found = one.entries("address")
    town = found[0].removeprefix("北海道小樽市") if len(found) > 1 else ""
    return (_parts(one.kana)[0], "", town, _parts(one.kana)[0], "", found[0]) if town and one.kana else None


def _from_elsewhere(one: _One) -> _Typed | None:
    found = one.entries("previous_address")
    return (one.kana, "", found[0][3:], one.kana, "", found[0]) if found and one.kana else None


def _at_home(one: _One, name: str = "") -> _Typed | None:
    found = one.entries("address")
    typed = found[-1].removeprefix("北海道小樽市").translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return name, "" if name else one.day, typed, name, "" if name else "day", found[-1]


def _slip(text: str, how: str, rng: Random, letters: Callable[[str], str]) -> str | None:
    """The text with one slip, never in the space; None where it would change nothing that the search hears."""
    places = [
        at for at, c in enumerate(text) if c not in "　 " and (how != "swapped" or (at + 1 < len(text) and text[at + 1] not in "　 " and text[at + 1] != c))
    ]
    at = rng.choice(places)
    return {
        "swapped": lambda: text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        "missing": lambda: text[:at] + text[at + 1 :],
        "wrong": lambda: text[:at] + letters(text[at]) + text[at + 1 :],
        "doubled": lambda: text[:at] + text[at] + text[at:],
    }[how]()  # fmt: skip


def _kana_slip(how: str) -> _Way:
    def way(one: _One) -> _Typed | None:
        def other(kana: str) -> str:
            row = next((row for row in _ROWS if kana.translate(_PLAIN) in row), "ナニヌネノ")
            return one.rng.choice([each for each in row if each != kana.translate(_PLAIN)])

        said = _slip(one.kana, how, one.rng, other) if len(one.kana) > 5 else None
        if said is None or search_key(said, SearchKind.KANA) == search_key(one.kana, SearchKind.KANA):
            return None
        how_born = one.rng.choice(("day", "year"))
        return said, one.day if how_born == "day" else one.year, "", one.kana, how_born, ""

    return way


def _kanji_slip(one: _One) -> _Typed | None:
    others = "子美太郎一二三恵和幸佐藤山田川村木林中"
    said = _slip(one.kanji, "wrong", one.rng, lambda c: one.rng.choice([each for each in others if each != c])) if len(one.kanji) > 3 else None
    return (said, one.day, "", one.kanji, "day", "") if said and all(ord(c) < 0xE0100 for c in one.kanji) else None


def _roman_slip(one: _One) -> _Typed | None:
    alphabet = one.person.foreign.alphabet if one.person.foreign else ""
    if len(alphabet) < 8:
        return None
    said = _slip(alphabet, one.rng.choice(("swapped", "missing", "wrong")), one.rng, lambda c: one.rng.choice([each for each in "AEIOUNRT" if each != c]))
    return (said, one.day, "", alphabet, "day", "") if said and sorted(said.split()) != sorted(alphabet.split()) else None


def _birth_slip(how: str) -> _Way:
    def way(one: _One) -> _Typed | None:
        born = one.person.birth
        digits = list(f"{born:%Y%m%d}")
        at = one.rng.randrange(2, 7)
        if how == "swapped":
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
        else:
            digits[at] = one.rng.choice([d for d in "0123456789" if d != digits[at]])
        text = "".join(digits)
        try:
            said = JapaneseDate.parse(f"{text[:4]}-{text[4:6]}-{text[6:]}")
        except ValueError:
            return None
        return (one.kana, said.wareki(), "", one.kana, "day", "") if said.is_calendar and said.first != born and 1900 < said.first.year < 2027 else None

    return way


def _half(text: str) -> str:
    return "".join(_HALF.get(c, c) for c in text)


WAYS: dict[str, tuple[_Way, str]] = {
    "フリガナ氏名（ひらがな）と生年月日": (lambda o: (o.kana.translate(_HIRAGANA), o.day, "", o.kana, "day", ""), "sounding"),
    "フリガナ氏名（半角カナ）と生年月日": (lambda o: (_half(o.kana), o.day, "", o.kana, "day", ""), "sounding"),
    "フリガナ氏名（空白なし）": (lambda o: (o.kana.replace("　", ""), "", "", o.kana, "", ""), "written"),
    "フリガナ氏名（濁点なし）と生まれ年": (lambda o: (p, o.year, "", o.kana, "year", "") if (p := o.kana.translate(_PLAIN)) != o.kana else None, "sounding"),
    "フリガナ氏名（長音・拗音の表記ゆれ）と生まれ年": (_other_writing, "sounding"),
    "フリガナの氏と生年月日": (lambda o: (_parts(o.kana)[0], o.day, "", _parts(o.kana)[0], "day", ""), "sounding"),
    "フリガナの名と生年月日": (lambda o: (_parts(o.kana)[1], o.day, "", _parts(o.kana)[1], "day", ""), "sounding"),
    "漢字氏名": (lambda o: (o.kanji.replace("　", " "), "", "", o.kanji, "", ""), "written"),
    "漢字氏名（空白なし）と生年月日": (lambda o: (o.kanji.replace("　", ""), o.day, "", o.kanji, "day", ""), "written"),
    "漢字氏名の異体字と生年月日": (_variant, "sounding"),
    "漢字の名と生まれ年": (lambda o: (_parts(o.kanji)[1], o.year, "", _parts(o.kanji)[1], "year", ""), "written"),
    "漢字の氏と住所": (lambda o: _at_home(o, _parts(o.kanji)[0]) if o.kanji else None, "written"),
    "住所と生年月日": (_at_home, "written"),
    "旧氏と生年月日": (lambda o: _former(o, "former_surname"), "written"),
    "旧氏のフリガナと生年月日": (lambda o: _former(o, "former_surname_kana"), "sounding"),
    "過去の住所とフリガナの氏": (_old_address, "sounding"),
    "市外の前住所とフリガナ氏名": (_from_elsewhere, "sounding"),
    "通称": (lambda o: _alias(o, False), "written"),
    "通称のフリガナ": (lambda o: _alias(o, True), "sounding"),
    "ローマ字氏名（語順・小文字）と生まれ年": (lambda o: _roman(o, _turned), "sounding"),
    "ローマ字氏名（空白なし）と生まれ年": (lambda o: _roman(o, "".join), "sounding"),
    "打ち違い：カナの入替りと生年": (_kana_slip("swapped"), "sounding"),
    "打ち違い：カナの抜けと生年": (_kana_slip("missing"), "sounding"),
    "打ち違い：カナの誤りと生年": (_kana_slip("wrong"), "sounding"),
    "打ち違い：カナの重なりと生年": (_kana_slip("doubled"), "sounding"),
    "打ち違い：漢字の一字と生年月日": (_kanji_slip, "written"),
    "打ち違い：ローマ字の一字と生年月日": (_roman_slip, "sounding"),
    "打ち違い：生年月日の数字の入替り": (_birth_slip("swapped"), "sounding"),
    "打ち違い：生年月日の一桁": (_birth_slip("wrong"), "sounding"),
}
"""What is typed, and whether somebody who is written otherwise and sounds alike is as right."""


def made(seed: int = SEED, each: int = EACH) -> Iterator[Query]:
    """The queries, kind by kind, each of another person."""
    everybody = [person for person in people(CITY_SEED, SIZE) if not person.uncertain_birth]
    for kind, (way, equal) in WAYS.items():
        rng = Random(f"{seed}/{kind}")
        yield from islice(_of_kind(kind, way, equal, rng, rng.sample(everybody, len(everybody))), each)


def _of_kind(kind: str, way: _Way, equal: str, rng: Random, drawn: list[Person]) -> Iterator[Query]:
    needs_name = kind.startswith(("フリガナ", "漢字", "打ち違い：カナ", "打ち違い：漢字", "打ち違い：生年"))
    for person in drawn:
        if needs_name and person.name is None:
            continue
        typed = way(_One(rng, person))
        if typed is not None:
            name, birth, address, meant_name, how_born, meant_address = typed
            meant_birth = {"day": person.birth.isoformat(), "year": str(person.birth.year), "": ""}[how_born]
            yield Query(kind, name, birth, address, person.atena_no, meant_name, meant_birth, meant_address, equal)


def read() -> list[Query]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Query(**row) for row in csv.DictReader(file)]


def write() -> int:
    found = list(made())
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [each.name for each in fields(Query)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(query) for query in found)
    return len(found)


if __name__ == "__main__":
    print(f"{write()} queries in {FILE}")
    sys.exit(0)
