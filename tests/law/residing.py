"""在留 — what 入管庁長官 told of a foreign resident, and what they file under the immigration law alone. 住民基本台帳法30条の45, 30条の50; 標準1.1.2, 4.5.6, 4.5.7."""

from __future__ import annotations

from tests.law.diary import Items, Person
from tests.law.recording import may_be_written
from tests.law.removing import remove
from tests.law.ruling import Ruling, day_of, written

CLASS, CARD = "article_30_45_class_code", "residence_card_no"
OF_CLASS = {
    "1": ("residence_status_code", "residence_period", "residence_expiry_date", CARD), "2": (CARD, "special_permanent_cert_issued_date"),
    "3": ("residence_period", "residence_expiry_date"), "4": ("residence_period", "residence_expiry_date"), "5": (), "6": (),
}  # fmt: skip
"""区分ごとの項目 (標準1.1.2). Of 経過滞在者 that they are such."""
NOT_BLANK = {"1": (CARD,), "2": (CARD,), "3": ("residence_period",), "4": ("residence_period",)}
OF_ANY = sorted({name for names in OF_CLASS.values() for name in names})


def _foreigner(ruling: Ruling) -> Person | None:
    ruling.refuse("一人ずつ（法30条の50）", len(ruling.filing.members) != 1)
    people = ruling.residents()
    if len(people) != 1:
        return None
    ruling.refuse("外国人住民でない（法30条の45）", ruling.now(people[0][2])["resident_kind"] != "2")
    return people[0][2]


def change_status(ruling: Ruling) -> None:
    """在留資格等の変更: of another class of 法30条の45 the items of the former one are no more (標準1.1.2, 4.5.6)."""
    if not (person := _foreigner(ruling)):
        return
    now, [member] = ruling.now(person), ruling.filing.members
    typed: Items = {name: day_of(value) or written(value) for name, value in member.values.items()}
    ruling.refuse("変わる事項がない", not typed)
    says = {**(dict.fromkeys(OF_ANY) if typed.get(CLASS, now[CLASS]) != now[CLASS] else {}), **typed}
    of = str({**now, **says}[CLASS])
    ruling.refuse("30条の45の区分は空欄にできない（標準1.1.6）", CLASS in says and says[CLASS] is None)
    strange = [name for name in OF_ANY if says.get(name) is not None and name not in OF_CLASS.get(of, ())]
    ruling.refuse("その区分の者にない在留項目（標準1.1.2）", strange)
    ruling.refuse("在留カード等の番号・上陸期間・仮滞在期間は空欄にできない（標準1.1.6）", any(n in says and says[n] is None for n in NOT_BLANK.get(of, ())))
    ruling.grounds += may_be_written(ruling, now["resident_kind"], says)
    ruling.say(person, says)


def end(ruling: Ruling) -> None:
    """在留資格の喪失等: no 外国人住民 any more, as the 長官 told; never by the calendar alone (法30条の50)."""
    _foreigner(ruling)
    remove(ruling)


def notify_residence(ruling: Ruling) -> None:
    """住居地の届出 of who lives here and became 中長期在留者 or 特別永住者 (入管法19条の8; 特例法10条)."""
    if person := _foreigner(ruling):
        ruling.refuse("中長期在留者でも特別永住者でもない（入管法19条の8）", ruling.now(person)[CLASS] not in {"1", "2"})
        ruling.say(person, {"residence_notified_date": ruling.filing.filed_on})


def certify(ruling: Ruling) -> None:
    """特別永住者証明書の交付 by the city where they live (特例法7条)."""
    if person := _foreigner(ruling):
        ruling.refuse("特別永住者でない（特例法7条）", ruling.now(person)[CLASS] != "2")
        number = ruling.filing.members[0].values.get(CARD)
        ruling.refuse("特別永住者証明書の番号は空欄にできない（標準1.1.6）", number is None)
        ruling.say(person, {CARD: number, "special_permanent_cert_issued_date": ruling.day})
