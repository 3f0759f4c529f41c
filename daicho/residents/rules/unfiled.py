"""未届と最終登録住所地 — where somebody lived without a 住民票, and where their last one was. 住民基本台帳法第9条第1項; std 4.1.1.4 (N-4.1.1.4-01…-04).

転入前住所 is the latest of the unregistered places and ends with （未届）; it and the fact stand in the 留意事項, too. 最終登録住所地 is data of the
register and on no 住民票. Every city that is known of is told of the 転入 (N-7.1.1.1-17). Of whoever enters a sheet here: 転入届 and 住所設定.
"""

from __future__ import annotations

from daicho.residents.rules.definitions import Field, FieldKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.identity_info import Addressee, address_in_full
from daicho.residents.rules.problems import Problem, problem
from daicho.values.address import UNREGISTERED
from daicho.values.municipalities import municipality_name

_GROUP = "未届・最終登録住所地"
_UNFILED, _EARLIER, _LAST = "unfiled", "earlier_unfiled", "last_registered"
_FORMER = ("previous_address", "previous_address_building", "previous_municipality_code", "previous_postal_code", "previous_address_code")
UNFILED_FIELDS = (
    Field(_UNFILED, "未届転入（転入前の住所に住民票がない）", FieldKind.FLAG, hint="転入前の住所には、未届の住所のうち直近のものを入力", group=_GROUP),
    Field(f"{_EARLIER}_municipality_code", "その前の未届地の市区町村", FieldKind.MUNICIPALITY, hint="未届の住所が二つ以上あるとき", group=_GROUP),
    Field(f"{_EARLIER}_address", "その前の未届の住所", FieldKind.ADDRESS_ELSEWHERE, group=_GROUP),
    Field(f"{_LAST}_municipality_code", "最終登録住所地の市区町村", FieldKind.MUNICIPALITY, hint="最後に住民票があった市区町村", group=_GROUP),
    Field(f"{_LAST}_address", "最終登録住所地", FieldKind.ADDRESS_ELSEWHERE, hint="都道府県から。住民票には記載されません", group=_GROUP),
)


def is_unfiled(filing: Filing) -> bool:
    return filing.values.get(_UNFILED) is True


def former_entries(filing: Filing) -> dict[str, object]:
    """転入前住所 and 最終登録住所地 as the sheet says them; where nobody registered the former one, it ends with （未届） (N-4.1.1.4-01, -02)."""
    said: dict[str, object] = {name: filing.text(name) for name in _FORMER}
    last = "previous_address_building" if said["previous_address_building"] else "previous_address"
    if is_unfiled(filing) and said[last]:
        said[last] = f"{str(said[last]).removesuffix(UNREGISTERED)}{UNREGISTERED}"
    where = filing.text(f"{_LAST}_municipality_code")
    return said | {"last_registered_address": filing.text(f"{_LAST}_address") or (municipality_name(where) if where else None)}


def caution(filing: Filing, sheet: SheetEntries) -> str:
    """留意事項 (B類型) of a sheet: the fact, and 転入前住所（未届） (N-4.1.1.4-03). "" where it was registered, and of who came from nowhere."""
    if not is_unfiled(filing) or sheet.previous_address is None:
        return ""
    return f"未届転入　転入前住所　{address_in_full(sheet.previous_address, sheet.previous_address_building)}"


def check_unfiled(filing: Filing) -> list[Problem]:
    """What is said of unregistered places must hang together; nothing of it holds up a 転入届 (法52条2項)."""
    found: list[Problem] = []
    if is_unfiled(filing) and filing.text("previous_address") is None:
        found.append(problem("T101", "previous_address"))
    if is_unfiled(filing) and filing.text(f"{_LAST}_address") is None and filing.text(f"{_LAST}_municipality_code") is None:
        found.append(problem("T102", f"{_LAST}_address"))
    if filing.text(f"{_EARLIER}_address") is not None and not is_unfiled(filing):
        found.append(problem("T103", _UNFILED))
    for stem, ja in ((_EARLIER, "その前の未届地"), (_LAST, "最終登録住所地")):
        if filing.text(f"{stem}_address") is not None and filing.text(f"{stem}_municipality_code") is None:
            found.append(problem("T104", f"{stem}_municipality_code", label=ja))
    return found


def addressees(filing: Filing, sheet: SheetEntries, ours: str) -> tuple[Addressee, ...]:
    """Every city to be told of this person's 転入, each once and ours never: 最終登録住所地, 転入前住所地, the unregistered place before it.

    Where the address is 空欄, it says that municipality, which is known. Who came from nowhere (a child born meanwhile) is told of to nobody.
    """
    if not any((sheet.previous_municipality_code, sheet.previous_address, sheet.last_registered_address)):
        return ()
    former = address_in_full(sheet.previous_address, sheet.previous_address_building).removesuffix(UNREGISTERED)  # a word of ours alone
    places = (
        (filing.text(f"{_LAST}_municipality_code"), "last_registered", sheet.last_registered_address),
        (sheet.previous_municipality_code, "unregistered_address" if is_unfiled(filing) else "former_address", former),
        (filing.text(f"{_EARLIER}_municipality_code"), "unregistered_address", filing.text(f"{_EARLIER}_address")),
    )
    found: dict[str, Addressee] = {}
    for code, basis, address in places:
        if code is not None and code != ours:
            found.setdefault(code, Addressee(code, basis, address or municipality_name(code)))
    return tuple(found.values())


def has_addressee(filing: Filing, ours: str) -> bool:
    """Whether 転入通知 has a city to go to."""
    named = (filing.text(f"{stem}_municipality_code") for stem in ("previous", _LAST, _EARLIER))
    return any(code is not None and code != ours for code in named)
