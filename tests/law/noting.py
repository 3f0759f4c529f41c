"""注記 — what is said of an event or of a 除票 and changes no entry: 留意事項, 除票の誤記. 法15条の3; 標準1.1.5, 1.1.14."""

from __future__ import annotations

from tests.law.diary import Fact, Person, lives_here
from tests.law.ruling import Ruling


def caution(ruling: Ruling) -> None:
    """留意事項 belongs to an 異動 that counts, of whoever is or was a resident; what is corrected must be there."""
    ruling.refuse("異動者がいない（標準4.0.1）", not ruling.filing.members)
    for _, member, person in ruling.persons():
        about = named(person, member.text("on_history_no"))
        ruling.refuse("書き直す留意事項がない（標準1.1.14）", member.text("way") != "add")
        ruling.refuse("記載する文がない", member.text("caution") is None)
        if not ruling.refuse("留意事項の付く異動がない（標準1.1.14）", about is None) and about is not None:
            ruling.say(person, {}, stay=about.stay)


def named(person: Person, number: str | None) -> Fact | None:
    return next((f for f in person.facts if number and f.number == number and f.cancelled is None), None)


def wrong_on_removed_sheet(ruling: Ruling) -> None:
    """除票の誤記: of the last 除票 of somebody; its entries say what they said (法15条の3)."""
    ruling.refuse("異動者がいない（標準4.0.1）", not ruling.filing.members)
    for _, _, person in ruling.persons():
        closed = [(whole["closed_on"], stay) for stay, whole in person.lives() if whole["closed_on"] and not lives_here(whole, ruling.today)]
        if not ruling.refuse("除票がない（法15条の3）", not closed):
            ruling.say(person, {"wrong_on_removed_sheet": True}, stay=max(closed)[1], of_itself=True)
