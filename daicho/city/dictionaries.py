"""辞書の定義 — which dictionaries and code tables a city keeps: their columns, what a row is known by, the part that an edition replaces. 標準1.3.2–1.3.5.

A row is a mapping of the columns' names to texts, as a file or a form has them; None or "" where nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.db.models import Model, Q

from daicho.city import models
from daicho.city.queries import lot_key
from daicho.values.address import lot_order

Row = Mapping[str, str | None]
NATIONALITY, RESIDENCE_STATUS, COUNTRY = "nationality", "residence_status", "country"
SCHOOL, JUNIOR_HIGH, POLLING, ADMINISTRATIVE = "school_district", "junior_high_school_district", "polling_district", "administrative_district"
SUBSTITUTES, VARIANTS = "substitute", "variant"
DISTRICTS: Mapping[str, str] = MappingProxyType(
    {SCHOOL: "小学校区", POLLING: "投票区", JUNIOR_HIGH: "中学校区", ADMINISTRATIVE: "行政区", "jurisdiction": "管轄"}
)
"""What the city assigns to a 町字 itself: an edition that leaves it empty keeps it. 管轄 is the code of an office, each other of its own table."""
LOT_KINDS: Mapping[str, str] = MappingProxyType({"residence": "住居表示", "parcel": "地番"})


@dataclass(frozen=True)
class Column:
    """A column of a file and a field of the form. `keeps`: an empty cell of an edition leaves what is there."""

    name: str
    ja: str
    longest: int
    required: bool = False
    hint: str = ""
    keeps: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dictionary:
    """`known_by`: the stored columns that a row is known by beside its period; `stored`: what a row is as the table has it."""

    code: str
    ja: str
    of: str
    model: type[Model]
    columns: tuple[Column, ...]
    known_by: tuple[str, ...]
    use: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    derived: Callable[[Row], dict[str, Any]] = lambda row: {}  # Any: column values
    replaces: Callable[[Iterable[Row]], Q] = lambda rows: Q()

    @property
    def is_ordered(self) -> bool:
        """A code table stands in the city's order; its rows carry their place under "order"."""
        return self.model is models.CodeEntry

    def stored(self, row: Row) -> dict[str, Any]:
        """The columns of the table from a row; an empty cell that keeps stays None."""
        texts = {column.name: (row.get(column.name) or (None if column.keeps else "")) for column in self.columns}
        order = {"order": int(row.get("order") or 0)} if self.is_ordered else {}
        return {**self.fixed, **texts, **order, **self.derived(row)}

    def row_of(self, stored: object) -> dict[str, str | None]:
        """A row again, from a row of the table."""
        order = {"order": str(getattr(stored, "order", 0))} if self.is_ordered else {}
        return {column.name: getattr(stored, column.name) for column in self.columns} | order

    def key_of(self, row: Row) -> tuple[str, ...]:
        values = self.stored(row)
        return tuple(str(values[name]) for name in self.known_by)

    def title_of(self, row: Row) -> str:
        """What a list calls it."""
        if self.model is models.Town:
            return "".join(row[name] or "" for name in ("prefecture", "municipality", "oaza", "koaza"))
        if self.model is models.CodeEntry:
            return f"{row['code']}　{row['ja']}"
        return "　".join(row[column.name] or "" for column in self.columns if not column.choices)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def _areas(rows: Iterable[Row]) -> Q:
    """The municipalities that an edition names."""
    within = Q(pk__in=[])
    for area in {(row["town_code"] or "")[:5] for row in rows}:
        within |= Q(town_code__startswith=area)
    return within


def _towns_named(rows: Iterable[Row]) -> Q:
    return Q(town_code__in={row["town_code"] for row in rows})


def _lot_numbers(row: Row) -> dict[str, Any]:
    before, numbers = lot_order(row["lot"] or "")
    return {"before_numbers": before, "numbers": list(numbers)}


TOWNS = Dictionary(
    "towns", "住所辞書", "町字", models.Town,
    (
        Column("town_code", "住所コード", 11, required=True, hint="数字11桁（都道府県2・市区町村3・大字3・小字3）。"),
        Column("prefecture", "都道府県", 10, required=True), Column("municipality", "市区町村", 40, required=True),
        Column("oaza", "大字・町", 60, required=True), Column("koaza", "小字・丁目", 60),
        Column("kana", "カナ", 120, hint="都道府県、市区町村、町字を空白で区切ります。"), Column("postal_code", "郵便番号", 7, hint="7桁の数字。"),
        *(Column(name, ja, 20, keeps=True, hint="入力場所のコード。" if name == "jurisdiction" else f"{ja}の表のコード。") for name, ja in DISTRICTS.items()),
    ),
    ("town_code",), "異動の届出の住所の候補、郵便番号、学区・投票区・行政区", replaces=_areas,
)  # fmt: skip
LOTS = Dictionary(
    "lots", "番地の辞書", "番地", models.Lot,
    (
        Column("town_code", "住所コード", 11, required=True, hint="住所辞書の町字のコード。"), Column("kind", "区分", 10, required=True, choices=LOT_KINDS),
        Column("lot", "番地", 60, required=True, hint="町字に続けて書くとおり。例　1番2号、甲1番2"),
    ),
    ("town_code", "lot"), "住所の候補の番地（住居表示の街区符号・住居番号、特殊地番を含む地番）", derived=_lot_numbers, replaces=_towns_named,
)  # fmt: skip
BUILDINGS = Dictionary(
    "buildings", "方書の辞書", "方書", models.Building,
    (Column("address", "住所", 120, required=True, hint="市内の町字から番地まで。"), Column("name", "方書", 100, required=True, hint="建物の名称。部屋番号は含みません。")),
    ("address_key", "name"), "住所に応じた方書の候補", derived=lambda row: {"address_key": lot_key(row["address"] or "")},
)  # fmt: skip


def _table(code: str, ja: str, use: str, code_ja: str = "コード", name_ja: str = "名称", hint: str = "") -> Dictionary:
    columns = (Column("code", code_ja, 20, required=True), Column("ja", name_ja, 100, required=True, hint=hint))
    return Dictionary(code, ja, ja, models.CodeEntry, columns, ("code",), use, fixed={"table": code}, replaces=lambda rows: Q(table=code))


DICTIONARIES: Mapping[str, Dictionary] = MappingProxyType(
    {
        one.code: one
        for one in (
            TOWNS, LOTS, BUILDINGS,
            _table(NATIONALITY, "国籍・地域", "外国人住民の国籍・地域"), _table(RESIDENCE_STATUS, "在留資格", "外国人住民の在留資格"),
            _table(COUNTRY, "国名", "国外の転入前住所・転出先の国名"),
            _table(SCHOOL, "小学校区", "町字に割り当てる小学校区"), _table(JUNIOR_HIGH, "中学校区", "町字に割り当てる中学校区"),
            _table(POLLING, "投票区", "町字に割り当てる投票区"), _table(ADMINISTRATIVE, "行政区", "町字に割り当てる行政区（地区）"),
            _table(SUBSTITUTES, "代替文字の表", "文字を表せない相手に送る代替文字", "文字", "代替文字", "JIS X 0213の文字。"),
            _table(VARIANTS, "市の異体字の表", "検索で同じ文字とみなす外字と異体字", "外字", "異体字", "同じ文字として探す文字を続けて入力します。"),
        )
    }
)  # fmt: skip


def find_dictionary(code: str) -> Dictionary | None:
    return DICTIONARIES.get(code)


def table(code: str) -> Dictionary:
    """A code table, also one that only a file ever names."""
    return DICTIONARIES.get(code) or _table(code, code, "")
