"""引越しと世帯 — 転居, 転出, 転入通知 and the changes of 世帯. 住民基本台帳法23条-25条, 9条1項; 標準4.0.4, 4.1.2-4.1.4."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.law.diary import Items, Person
from tests.law.ruling import CITY, HEAD, NEW, Ruling


def relocate(ruling: Ruling) -> None:
    """The whole household as it is, or some into a new one or another (標準4.0.2)."""
    filing, people = ruling.filing, ruling.residents()
    if not people:
        return
    choice, target, address = filing.text("household_choice"), filing.text("household_no"), filing.text("address")
    ruling.refuse("住所は空欄にできない（標準1.1.6）", address is None)
    homes = {ruling.now(p)["household_no"] for _, _, p in people}
    there: Items = {"address": CITY + (address or ""), "address_building": filing.text("address_building"), "address_changed_date": ruling.day}
    if choice == "same":
        whole = len(homes) == 1 and len(ruling.city.members(*homes)) == len(people)
        ruling.refuse("一部だけが移るなら世帯も変わる（標準4.0.2）", not whole)
        for _, _, person in people:
            ruling.say(person, there)
        return
    goes_into(ruling, NEW if choice == "new" else target)
    for index, member, person in people:
        ruling.say(person, {**there, "household_no": NEW if choice == "new" else target, "relationship": member.text("relationship"), "order": index})
    leave_behind(ruling, [p for _, _, p in people])


def goes_into(ruling: Ruling, household: object) -> None:
    """入る世帯: founded, or one in which somebody lives and which none of them is in already."""
    if household == NEW:
        ruling.founds = True
        return
    ruling.refuse("世帯がない、又は住民がいない（標準4.0.2）", not ruling.city.exists(household) or not ruling.city.members(household))
    ruling.refuse("元の世帯と先の世帯が同じ（domain 11）", any(ruling.now(p)["household_no"] == household for _, _, p in ruling.living()))


def leave_behind(ruling: Ruling, leaving: list[Person]) -> None:
    """世帯主が抜けて1人が残れば、職権で世帯主とする (標準4.0.4; 令25条). 世帯主のいない世帯に1人が残るときも [K?]."""
    homes = {(p.now(ruling.today) or (p.last() or (0, {}))[1]).get("household_no") for p in leaving}
    for home in sorted(homes, key=str):
        stay = [p for p in ruling.city.members(home) if p not in leaving]
        if len(stay) == 1 and ruling.now(stay[0])["relationship"] != HEAD:
            becomes_head(ruling, stay[0])


def becomes_head(ruling: Ruling, person: Person) -> None:
    """Behind all that was said of their 続柄: nobody filed it for them."""
    told = [f.told_at()[1] for f in person.telling(person.stay_now(ruling.today) or 0) if "relationship" in f.says and not f.opens]
    ruling.say(person, {"relationship": HEAD}, of_itself=True)
    ruling.said[-1].day = max([ruling.told_on, *told])


def move_out(ruling: Ruling) -> None:
    """転出届: the day may lie ahead; the sheet is removed on it (domain 0)."""
    filing, people = ruling.filing, ruling.residents()
    abroad, reason = filing.code == "move_out_abroad", "move_out_abroad" if filing.code == "move_out_abroad" else "move_out"
    ruling.refuse("転出先が本市（法24条、domain 11）", filing.text("planned_municipality_code") == "012033")
    ruling.refuse("転出先の国がない（標準4.1.3.0.2）", abroad and filing.text("planned_country") is None)
    to = filing.text("planned_country") if abroad else filing.text("planned_address")
    for _, _, person in people:
        ruling.refuse("もう転出届が出ている（先に取り消す）", ruling.now(person)["closed_on"] is not None)
        ruling.say(person, {"closed_on": ruling.day, "removal_reason_code": reason, "planned_move_out_date": ruling.day, "planned_move_out_address": to})
    if ruling.day <= ruling.today:
        leave_behind(ruling, [p for _, _, p in people])


def move_out_specially(ruling: Ruling) -> None:
    """特例転入を利用した転出: who holds a 個人番号カード and those of the same 世帯, by a 届出 that came in time (法24条の2; 標準4.1.3.0.4)."""
    filing, people = ruling.filing, ruling.living()
    homes = {ruling.now(p)["household_no"] for _, member, p in people if member.values.get("holds_card")}
    ruling.refuse("個人番号カードを持つ者がいない（法24条の2）", not homes)
    ruling.refuse("カードを持つ者と同じ世帯でない（法24条の2）", any(ruling.now(p)["household_no"] not in homes for _, _, p in people))
    ruling.refuse("転出の後14日を過ぎた届出は職権による（標準4.1.3.0.1）", filing.filed_on and (filing.filed_on - ruling.as_written).days > 14)
    move_out(ruling)


def notice_of_move_in(ruling: Ruling) -> None:
    """転入通知の受理: of who left, will leave, or was removed ex officio; the earlier day removes (標準1.1.5, 4.1.3.1.1).

    It is told of a 除票, behind the removal; one that is sent again puts the former right (標準4.1.3.1.2).
    """
    ruling.refuse("異動者がいない（標準4.0.1）", not ruling.filing.members)
    ruling.refuse("転出先（確定）は空欄にできない（標準4.1.3.1.1）", ruling.filing.text("confirmed_address") is None)
    gone = []
    for _, _, person in ruling.persons():
        been = [(stay, whole) for stay, whole in person.lives() if whole["opened_on"] <= ruling.day]
        if ruling.refuse("住民となる前の転入通知", not been):
            continue
        stay, whole = been[-1]
        if ruling.refuse("転出も消除もされていない者の転入通知（標準4.1.3.1.1）", whole["closed_on"] is None):
            continue
        says: Items = {"confirmed_move_out_address": ruling.filing.text("confirmed_address"), "confirmed_move_out_date": ruling.day}
        if whole["removal_reason_code"] in {"move_out", "move_out_abroad"}:
            says["closed_on"] = min(whole["planned_move_out_date"], ruling.day)
        ruling.say(person, says, stay=stay)
        closed = max(
            f.told_at()[1] for f in person.telling(stay) if {"closed_on", "confirmed_move_out_date", "confirmed_move_out_address"} & set(f.says) and not f.opens
        )
        ruling.said[-1].day = max(ruling.told_on, closed)
        if "closed_on" in says and person.stay_now(ruling.today) == stay:
            gone.append(person)
    leave_behind(ruling, gone)


def day_of_removal(ruling: Ruling) -> None:
    """転出予定日の到来: who stays alone becomes 世帯主 (標準4.0.4)."""
    leave_behind(ruling, [p for _, _, p in ruling.persons()])


def change_head(ruling: Ruling) -> None:
    """世帯主変更 by filing or ex officio: the whole household, whose 続柄 and order are said anew (法25条; 標準4.1.4.2, 5.2)."""
    people = ruling.residents()
    if not people:
        return
    _of_one_household(ruling)
    ruling.refuse("世帯主変更は世帯全員の続柄を改める", not _is_whole(ruling))
    is_named = any(m.text("relationship") == HEAD for m in ruling.filing.members)
    ruling.refuse("職権で世帯主とする者がいない（標準4.0.5）", ruling.filing.code == "head_ex_officio" and not is_named)
    for _, member, person in people:
        ruling.say(person, {"relationship": member.text("relationship"), "order": None})


def regroup(ruling: Ruling) -> None:
    """世帯分離, 世帯合併, 世帯変更: no address changes; the addresses must be one, 方書 aside (標準4.1.4.1; domain 11)."""
    code, people = ruling.filing.code, ruling.residents()
    if not people:
        return
    target = NEW if code == "household_split" else ruling.filing.text("household_no")
    ruling.refuse("元世帯全員の世帯分離（domain 11）", code == "household_split" and _is_whole(ruling))
    ruling.refuse("元世帯全員の世帯変更は世帯合併（法25条）", code == "household_change" and _is_whole(ruling, any))
    ruling.refuse("世帯合併は世帯の全員", code == "household_merge" and not _is_whole(ruling))
    if code == "household_split":
        _of_one_household(ruling)
    goes_into(ruling, target)
    for index, member, person in people:
        ruling.say(person, {"household_no": target, "relationship": member.text("relationship"), "order": index})
    leave_behind(ruling, [p for _, _, p in people])


def _of_one_household(ruling: Ruling) -> None:
    ruling.refuse("別の世帯の者が入っている（法25条）", len({ruling.now(p)["household_no"] for _, _, p in ruling.living()}) != 1)


def _is_whole(ruling: Ruling, which: Callable[[Iterable[bool]], bool] = all) -> bool:
    """Whether everybody of each (or of any) of their households is among them."""
    people = [p for _, _, p in ruling.living()]
    homes = {ruling.now(p)["household_no"] for p in people}
    return which(all(member in people for member in ruling.city.members(home)) for home in homes)


def order(ruling: Ruling) -> None:
    """世帯員の並べ替え (標準5.2): everybody of one household; as written each has a place of its own."""
    people = ruling.residents()
    if not people:
        return
    _of_one_household(ruling)
    ruling.refuse("並べ替えは世帯全員による", not _is_whole(ruling))
    places = [m.text("place") for m in ruling.filing.members]
    as_written = ruling.filing.text("way") == "as_written"
    ruling.refuse("並び順が書かれていない、又は同じ（標準5.2）", as_written and (None in places or len(set(places)) < len(places)))
    for _, _, person in people:
        ruling.say(person, {"order": None})


def de_facto_head(ruling: Ruling) -> None:
    """事実上の世帯主 (標準4.1.4.3): its name, with 備考, which may name it."""
    filing = ruling.filing
    for _, _, person in ruling.residents():
        ruling.say(person, {"de_facto_householder_name": filing.text("name"), "remarks": ruling.now(person)["remarks"]})
