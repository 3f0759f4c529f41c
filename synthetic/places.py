"""架空の住所 — made-up lots and buildings on the real 町字 of 小樽市, and the cities people come from and go to."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

CITY = "北海道小樽市"
_TOWNS = Path(__file__).resolve().parents[1] / "daicho" / "city" / "data" / "012033" / "towns.csv"
# How many 丁目 a town has, and how many of the residents live there; what is not named has none and few.
_CHOME = {
    "花園": (5, 7), "稲穂": (5, 6), "色内": (3, 3), "緑": (5, 6), "富岡": (2, 4), "長橋": (5, 8), "オタモイ": (3, 4), "幸": (4, 5), "桜": (5, 8), "新光": (5, 6),
    "望洋台": (3, 5), "銭函": (5, 6), "赤岩": (2, 3), "高島": (5, 3), "手宮": (3, 3), "奥沢": (5, 5), "天神": (4, 2), "最上": (2, 4), "入船": (5, 4), "松ケ枝": (2, 2),
    "住ノ江": (2, 1), "若松": (3, 2), "真栄": (2, 2), "潮見台": (2, 2), "塩谷": (5, 2), "祝津": (3, 1), "朝里川温泉": (2, 1), "朝里": (4, 3), "梅ケ枝町": (0, 2), "桂岡町": (0, 3),
}  # fmt: skip
_ZENIBAKO, _SHIOYA, _EKIMAE = ("銭函", "星野町", "見晴町", "桂岡町", "春香町", "張碓町"), ("塩谷", "桃内", "忍路", "蘭島", "オタモイ"), ("稲穂", "色内", "港町")
_BUILDINGS = (
    "コーポ見本",
    "メゾン運河",
    "ハイツ坂の上",
    "見本荘",
    "グリーンコーポ",
    "サンライズ見本",
    "オタルマンション",
    "市営見本住宅",
    "アパート潮風",
    "パレス天狗",
)
TOWER = ("北海道小樽市築港11番1号", "みなと見本タワー", "0470008", "01203033000")
"""The building of 800 households."""
TOWER_HOUSEHOLDS = 800


@dataclass(frozen=True)
class Place:
    """An address as a sheet holds it."""

    address: str
    building: str | None
    postal_code: str
    town_code: str
    office: str


@dataclass(frozen=True)
class OtherCity:
    """A municipality elsewhere, with an address in it."""

    code: str
    address: str


@cache
def _towns() -> tuple[tuple[tuple[str, str, str], ...], tuple[int, ...]]:
    with _TOWNS.open(encoding="utf-8", newline="") as file:
        rows = tuple((row["oaza"], row["town_code"], row["postal_code"]) for row in csv.DictReader(file))
    return rows, tuple(_CHOME.get(oaza, (0, 1))[1] for oaza, *_ in rows)


def place(rng: Random) -> Place:
    """An address in the city; three in ten in a building."""
    rows, weights = _towns()
    oaza, town_code, postal_code = rng.choices(rows, weights)[0]
    chome = _CHOME.get(oaza, (0, 1))[0]
    lot = rng.randint(1, 40)
    number = (
        f"{lot}番{rng.randint(1, 30)}号" if chome and oaza not in _ZENIBAKO + _SHIOYA else f"{rng.randint(1, 600)}番地{rng.choice(('', '', '2', 'の5', '12'))}"
    )
    building = f"{rng.choice(_BUILDINGS)}\u3000{rng.randint(1, 4)}0{rng.randint(1, 8)}号" if rng.random() < 0.3 else None
    chome_text = f"{rng.randint(1, chome)}丁目" if chome else ""
    return Place(f"{CITY}{oaza}{chome_text}{number}", building, postal_code, town_code, _office(oaza))


def in_tower(household: int) -> Place:
    """The flat of the n-th household of the tower."""
    address, name, postal_code, town_code = TOWER
    return Place(address, f"{name}\u3000{household // 20 + 1}{household % 20 + 1:02}号", postal_code, town_code, "honcho")


def _office(oaza: str) -> str:
    return "zenibako" if oaza in _ZENIBAKO else "shioya" if oaza in _SHIOYA else "ekimae" if oaza in _EKIMAE else "honcho"


_ELSEWHERE = (
    ("011011", "北海道札幌市中央区南一条西", 12), ("011029", "北海道札幌市北区北二十四条西", 8), ("011070", "北海道札幌市西区琴似一条", 8), ("011096", "北海道札幌市手稲区前田一条", 8),
    ("012025", "北海道函館市五稜郭町", 3), ("012041", "北海道旭川市宮下通", 3), ("014079", "北海道余市郡仁木町北町", 2), ("014087", "北海道余市郡余市町黒川町", 6),
    ("131041", "東京都新宿区西新宿", 3), ("141011", "神奈川県横浜市鶴見区豊岡町", 2), ("022012", "青森県青森市長島", 1),
)  # fmt: skip


def elsewhere(rng: Random) -> OtherCity:
    """Where somebody came from or went to."""
    code, town, _ = rng.choices(_ELSEWHERE, [weight for *_, weight in _ELSEWHERE])[0]
    return OtherCity(code, f"{town}{rng.randint(1, 9)}丁目{rng.randint(1, 30)}番{rng.randint(1, 20)}号")
