"""裁定 — one filing to its law, then what every filing must keep to: dates, later facts, households, lives. See test_law.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from daicho.residents.rules.filing import Filing
from tests.law import entering, moving, noting, numbering, recording, removing, residing
from tests.law.diary import Fact, Person
from tests.law.ruling import HEAD, NEW, City, Ruling, Said, overlap

LAWS: dict[str, Callable[[Ruling], None]] = {
    **dict.fromkeys(entering.ENTRIES, entering.enter),
    **dict.fromkeys(recording.BY_REGISTER, recording.correct),
    **dict.fromkeys(("move_out", "move_out_abroad"), moving.move_out),
    **dict.fromkeys(("head_change", "head_ex_officio"), moving.change_head),
    **dict.fromkeys(("household_split", "household_merge", "household_change"), moving.regroup),
    **dict.fromkeys(("death", "disappearance", "ex_officio_removal"), removing.remove),
    **dict.fromkeys(("ex_officio_correction", "minor_correction"), recording.correct),
    **dict.fromkeys(("naturalisation", "nationality_acquisition"), recording.naturalise),
    **dict.fromkeys(("sheet_renewal", "sheet_remaking"), recording.write_anew),
    **dict.fromkeys(("alias_entry", "alias_deletion"), recording.alias),
    **dict.fromkeys(("former_surname_entry", "former_surname_change", "former_surname_deletion"), recording.former_surname),
    "relocation": moving.relocate,
    "move_in_notice_received": moving.notice_of_move_in,
    "head_by_removal": moving.day_of_removal,
    "member_order": moving.order,
    "de_facto_head": moving.de_facto_head,
    "nationality_loss": recording.lose_nationality,
    "relationship_30_48": recording.related_30_48,
    "mend": recording.mend,
    "restoration": removing.restore,
    "department_entry": recording.department,
    "managed_items": recording.manage,
    "removed_sheet_correction": removing.correct_removed,
    "special_move_out": moving.move_out_specially,
    "address_renamed": recording.rename,
    "juminhyo_code_change": numbering.change_code,
    "juminhyo_code_correction": numbering.correct_code,
    "individual_number_correction": numbering.correct_number,
    "individual_number_assigned": numbering.assign_number,
    **dict.fromkeys(("individual_number_change", "individual_number_change_ex_officio"), numbering.change_number),
    "residence_status_changed": residing.change_status,
    "residence_ended": residing.end,
    "residence_notification": residing.notify_residence,
    "special_permanent_certificate": residing.certify,
    "caution_entry": noting.caution,
    "removed_sheet_error": noting.wrong_on_removed_sheet,
}
"""Every event but the 取消し, which is about another event."""

UNCERTAIN = frozenset({"birth", "death", "disappearance"})
AHEAD = frozenset({"move_out", "move_out_abroad", "special_move_out"})
WORDS = ("夫", "妻", "夫（未届）", "妻（未届）", "子", "父", "母", "兄", "姉", "弟", "妹")


@dataclass
class Verdict:
    """Why it must be refused; else the facts that were written and cancelled, each with its person."""

    grounds: list[str]
    facts: list[tuple[Person, Fact]] = field(default_factory=list)


def judge(city: City, filing: Filing, about: int | None = None) -> Verdict:
    """Written down at once when lawful: the next event of the city."""
    ruling = Ruling(city, filing)
    if not filing.effective_on:
        return Verdict(["異動日がない（標準4.0.3）"])
    ruling.refuse("不詳の異動日は出生・死亡・失踪だけ（標準1.1.8）", not filing.effective_on.is_calendar and filing.code not in UNCERTAIN)
    ruling.refuse("異動日は処理日まで（標準4.0.3）", ruling.day > city.today and filing.code not in AHEAD)
    ruling.refuse("届出日は処理日まで（標準4.1.0.2）", filing.filed_on is not None and filing.filed_on > city.today)
    if filing.code == "cancellation":
        removing.cancel(ruling, about or 0)
    else:
        LAWS[filing.code](ruling)
    ruling.refuse("続柄の語彙にない（標準1.1.11）", not all(is_word(m.text("relationship") or HEAD) for m in filing.members))
    if not ruling.grounds:
        ruling.refuse("同じ事項の後の異動がある（先に取り消す、domain 13）", any(ruling.later(one) for one in ruling.said))
    if ruling.grounds:
        return Verdict(ruling.grounds)
    return _tried(ruling, about)


def _tried(ruling: Ruling, about: int | None) -> Verdict:
    """Write it, look at what became of it, and take it back when it may not be."""
    city = ruling.city
    before = {no: p.now(city.today) for no, p in city.people.items()}
    event, people, households = len(city.events) + 1, set(city.people), city.households
    city.events[event] = ruling.filing.code
    facts = [_write(ruling, one, event) for one in ruling.said]
    if ruling.founds:
        city.households += 1
    for person, fact in ruling.cancels:
        person.cancel(fact, event)
    grounds = _unlawful(ruling, before)
    if grounds:
        for person, fact in facts:
            person.take_back(fact)
        for person, fact in ruling.cancels:
            person.cancel(fact, None)
        for no in set(city.people) - people:
            del city.people[no]
        del city.events[event]
        city.households = households
        return Verdict(grounds)
    return Verdict([], facts)


def _write(ruling: Ruling, one: Said, event: int) -> tuple[Person, Fact]:
    city = ruling.city
    person = one.person
    if person is None:
        no = f"人{len(city.people) + 1}"
        person = city.people[no] = Person(no)
    says = {name: f"世帯{city.households + 1}" if value == NEW else value for name, value in one.says.items()}
    city.written += 1
    stay = one.stay
    if one.opens:
        stay = max(person.stays(), default=0) + 1
    elif stay is None:
        stay = one.instead.stay if one.instead else person.stay_now(city.today) or max(person.stays())
    fact = Fact(event, city.written, one.day, stay, says, one.opens, one.instead)
    person.write(fact)
    return person, fact


def _unlawful(ruling: Ruling, before: dict[str, object]) -> list[str]:
    """世帯 as they are by now (domain 11), and lives that overlap."""
    city, grounds = ruling.city, []
    touched = [p for no, p in city.people.items() if p.now(city.today) != before.get(no)]
    homes = {(p.now(city.today) or {}).get("household_no") for p in touched} - {None}
    for home in homes:
        of = [p.now(city.today) or {} for p in city.members(home)]
        grounds += lawless(of)
    if any(overlap(p) for p in touched) or any(overlap(p) for p in {one.person for one in ruling.said if one.person}):
        grounds.append("住民であった期間が重なる、又は終わりが始まりより前")
    return grounds


def lawless(members: Sequence[dict[str, object]]) -> list[str]:
    """One 世帯主 at most, lawful 続柄, one address, 方書 aside (法7条4号; 標準1.1.10, 1.1.11; domain 11)."""
    grounds = []
    words = Counter(str(m["relationship"]) for m in members)
    if words[HEAD] > 1:
        grounds.append("世帯主が2人以上（法7条4号）")
    if not all(m["relationship"] is None or is_word(str(m["relationship"])) for m in members):
        grounds.append("続柄の語彙にない（標準1.1.11）")
    if len({m["address"] for m in members}) > 1:
        grounds.append("世帯員の住所が同じでない（domain 11）")
    return grounds


def is_word(text: str) -> bool:
    """世帯主, 縁故者, 同居人, or up to four of the thirteen words joined by の."""
    whole = text.replace("子（子の夫）", "子").replace("子（子の妻）", "子")  # の is in these words, too
    parts = whole.split("の")
    return text in {HEAD, "縁故者", "同居人"} or (len(parts) <= 4 and all(part in WORDS for part in parts))
