"""消除と回復と取消し — who is no resident any more, who is one again, and what is taken back. 住民基本台帳法8条, 令12条; 標準1.1.5, 4.2.2, 4.6; domain 13."""

from __future__ import annotations

from datetime import date

from tests.law.diary import Fact, Items, Person, lives_here
from tests.law.moving import leave_behind
from tests.law.ruling import HEAD, NEW, Ruling, written
from tests.law.waiting import AFTER_CANCELLED_ENTRY, AFTER_NOTICE, BACK_TO_SEVERAL


def remove(ruling: Ruling) -> None:
    """死亡, 失踪宣告, 職権消除."""
    code, people = ruling.filing.code, ruling.residents()
    ruling.refuse("一人ずつ（標準4.2.2）", code in {"death", "disappearance"} and len(ruling.filing.members) != 1)
    reason = {"ex_officio_removal": ruling.filing.text("ground"), "residence_ended": "outside_the_law"}.get(code, code)
    for _, _, person in people:
        now = ruling.now(person)
        ruling.refuse("生年月日より前の死亡", code in {"death", "disappearance"} and now["birth_date"] is not None and ruling.day < now["birth_date"])
        ruling.refuse("法の適用を受けなくなるのは外国人だけ（法30条の45）", reason == "outside_the_law" and now["resident_kind"] != "2")
        ruling.say(person, {"closed_on": ruling.day, "removal_reason_code": reason})
    leave_behind(ruling, [p for _, _, p in people])


def last_said(person: Person, stay: int, items: Items) -> date:
    """The last day of which one of these items was said."""
    return max(f.told_at()[1] for f in person.telling(stay) if set(f.says) & set(items))


def restore(ruling: Ruling) -> None:
    """回復: there was no removal (令12条3項), told behind it and all that was said of the 世帯. Of what a 転出届 removed the 届 is cancelled instead."""
    filing, choice = ruling.filing, ruling.filing.text("household_choice")
    ruling.refuse("異動者がいない（標準4.0.1）", not filing.members)
    home = NEW if choice == "new" else filing.text("household_no")
    if choice == "new":
        ruling.founds = True
    else:
        ruling.refuse("世帯がない、又は住民がいない（標準4.0.2）", not ruling.city.exists(home) or not ruling.city.members(home))
    for index, member, person in ruling.persons():
        last = person.last()
        if ruling.refuse("回復できる住民票がない", last is None) or last is None:
            continue
        stay, whole = last
        if ruling.refuse("消除されていない者の回復", lives_here(whole, ruling.today)):
            continue
        if ruling.refuse("転出は異動の取消しによる（標準4.6）", whole["removal_reason_code"] in {"move_out", "move_out_abroad"}):
            continue
        ruling.refuse(AFTER_CANCELLED_ENTRY, stay != max(person.stays()))
        says: Items = {"closed_on": None, "removal_reason_code": None, "household_no": home, "order": index}
        says["relationship"] = member.text("relationship") or whole["relationship"]
        ruling.say(person, says, stay=stay, of_itself=True)
        ruling.said[-1].day = last_said(person, stay, says)


def cancel(ruling: Ruling, about: int) -> None:
    """異動の取消し (標準4.6): whatever later fact rests on it is cancelled first (domain 13)."""
    filing, city = ruling.filing, ruling.city
    ruling.refuse("異動者がいない（標準4.0.1）", not filing.members)
    ruling.refuse("取消しは取り消せない（標準4.6.0.1）", city.events.get(about) == "cancellation")
    ruling.refuse("申出日がない（標準4.2.0.5）", filing.text("basis") == "petition" and filing.filed_on is None)
    people = [p for _, _, p in ruling.persons()]
    for person in people:
        facts = [f for f in person.facts if f.event == about]
        if ruling.refuse("取り消す異動の対象でない", not facts):
            continue
        ruling.refuse("もう取り消されている", all(f.cancelled for f in facts))
        mine = [f for f in facts if f.cancelled is None]
        ruling.refuse("先に取り消す異動がある（domain 13）", any(rests_on(person, fact, ruling) for fact in mine))
        ruling.refuse(AFTER_NOTICE, any(fact.says.get("closed_on") is not None and _notice_after(person, fact) for fact in mine))
        ruling.cancels += [(person, fact) for fact in mine]
    if not ruling.grounds:
        housed(ruling, about)


def housed(ruling: Ruling, about: int) -> None:
    """元の世帯へ; whose household lives elsewhere by now found one at the address they come back to (標準4.6.0.1-10, -11; decision 0013)."""
    people = [p for _, _, p in ruling.persons()]
    homes = {p: _home(p, ruling) for p in people}
    for person, fact in ruling.cancels:
        person.cancel(fact, len(ruling.city.events) + 1)
    moved = ruling.city.events.get(about) == "relocation"  # 住所の異動: what a place is called is none
    back = [p for p in people if (home := _home(p, ruling)) and home != homes[p] and (moved or home[0] != (homes[p] or (None,))[0])]
    strangers = [p for p in back if _lives_elsewhere(ruling, p, back)]
    for person in strangers:
        stay = person.stay_now(ruling.today) or 0
        word = HEAD if len(strangers) == 1 else ruling.now(person)["relationship"]
        ruling.say(person, {"household_no": NEW, "order": None, "relationship": word}, stay=stay, of_itself=True)
        undone = [fact.day for other, fact in ruling.cancels if other is person]
        ruling.said[-1].day = max([*undone, last_said(person, stay, ruling.said[-1].says)])
    ruling.refuse(BACK_TO_SEVERAL, len({ruling.now(p)["household_no"] for p in strangers}) > 1)
    ruling.founds = bool(strangers)
    for person, fact in ruling.cancels:
        person.cancel(fact, None)


def _home(person: Person, ruling: Ruling) -> tuple[object, object] | None:
    now = person.now(ruling.today)
    return (now["household_no"], now["address"]) if now else None


def _lives_elsewhere(ruling: Ruling, person: Person, back: list[Person]) -> bool:
    """Whether those of the former household who do not come back with them have another address."""
    now = ruling.now(person)
    return any(ruling.now(other)["address"] != now["address"] for other in ruling.city.members(now["household_no"]) if other not in back)


def _notice_after(person: Person, fact: Fact) -> bool:
    """転入通知を受理した転出."""
    moved = fact.says.get("removal_reason_code") in {"move_out", "move_out_abroad"}
    return moved and any("confirmed_move_out_date" in f.says for f in person.telling(fact.stay) if f.written > fact.written)


def rests_on(person: Person, fact: Fact, ruling: Ruling) -> list[Fact]:
    """Later facts that rest on one: of the same items, in the stay or on the sheet that it began, or after a 回復."""
    others = [
        f for f in person.facts if f.says and f.cancelled is None and f.event != fact.event and ruling.city.events.get(f.event) != "cancellation"
    ]  # fmt: skip
    later = [f for f in others if f.stay == fact.stay and f.written > fact.written]
    of_confirmed = "confirmed_move_out_address" in fact.says
    found = [f for f in later if set(f.says) & set(fact.says) and (of_confirmed or "confirmed_move_out_date" not in f.says)]
    if fact.opens:
        found += [f for f in others if f.stay == fact.stay]
    if "sheet" in fact.says:
        found += [f for f in others if f.stay == fact.stay and f.written > fact.written]
    if "closed_on" in fact.says and fact.says["closed_on"] is None and not fact.opens:
        found += [f for f in others if f.stay == fact.stay and f.written > fact.written]
    whole = person.whole(fact.stay)
    of_removed = of_confirmed or "wrong_on_removed_sheet" in fact.says  # written on the sheet because it is removed
    if whole and not of_removed and "closed_on" not in fact.says and not lives_here(whole, ruling.today):
        found += [f for f in others if f.stay == fact.stay and f.says.get("closed_on") is not None]
    return found


def correct_removed(ruling: Ruling) -> None:
    """除票の記載の修正: 転出先（確定） of the last stay that is over, whatever is the last word on it (標準1.1.1-47)."""
    ruling.refuse("異動者がいない（標準4.0.1）", not ruling.filing.members)
    for _, member, person in ruling.persons():
        over = [stay for stay, whole in person.lives() if whole["closed_on"] is not None]
        ruling.refuse("変わる事項がない", not member.values)
        if ruling.refuse("除票がない（法15条の2）", not over):
            continue
        ruling.say(person, {name: written(value) for name, value in member.values.items()}, stay=over[-1])
        told = [f.day if f.opens else f.told_at()[1] for f in person.telling(over[-1]) if f.opens or set(f.says) & set(member.values)]
        ruling.said[-1].day = max([ruling.told_on, *told])
