"""異動の通知書の機会と宛先 — for which events which letter is offered or due, to whom it goes, and to whom never. 標準仕様 4.1.0.3, 4.2.0.1, 4.3.3; domain §7."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events import ALL_EVENTS
from daicho.residents.rules.letters_of_events.guard import NOBODY, REFUSED, Cases, refusal
from daicho.residents.rules.letters_of_events.occasion import OF_FILINGS, Happened, WhoFiled, Wrote, offers
from daicho.residents.rules.letters_of_events.written import accepted_letter, place_of
from daicho.values.dates import JapaneseDate

OLD = SheetEntries(
    name_kanji="花園　太郎", address="北海道小樽市松町1番1号", address_postal_code="0470001", juminhyo_code=1, individual_number=2, resident_kind="1"
)
NEW = OLD.but(address="北海道小樽市梅町2番2号", address_postal_code="0470002", previous_address="北海道札幌市中央区南一条西一丁目1番地")
MOVED = Wrote(7, "p7", "1", 2, OLD, NEW)
FILED = WhoFiled("self", "", "花園　太郎", "one_document")
DAY = date(2026, 4, 10)


def event(code: str = "relocation", *wrote: Wrote, filed: WhoFiled | None = FILED, lacks: bool = False) -> Happened:
    return Happened(code, code, "届出", "修正", JapaneseDate.of(DAY), DAY, DAY, lacks, filed, wrote or (MOVED,))


def codes(happened: Happened) -> list[str]:
    return [one.code for one in offers(happened)]


@pytest.mark.parametrize("code", sorted(OF_FILINGS))
def test_転入届_転居届_転出届_世帯変更届の受理通知を出せる(code: str):
    """N-4.1.0.3-01; 準ずる証明書 is a 転出 filed too late, whose 届出人 is known all the same."""
    assert code in {each.code for each in ALL_EVENTS}
    assert codes(event(code)) == ["filing_accepted"]


def test_届出人のいない異動や届出でない異動に受理通知はない():
    """N-4.1.0.3-01, -07: no letter that tells of an event as such."""
    assert codes(event(filed=None)) == []
    assert codes(event("death")) == []
    assert codes(event("address_renamed", filed=None)) == []


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        (FILED, False), (replace(FILED, identity_check="two_documents"), False), (replace(FILED, identity_check="signature"), False),
        (replace(FILED, identity_check="interview"), True), (replace(FILED, identity_check="not_needed"), True), (replace(FILED, filer="agent"), True),
    ],
)  # fmt: skip
def test_書類で本人確認ができない届出と代理人の届出では受理通知が要る(filed: WhoFiled, due: bool):
    """法27条; N-4.1.0.3-02."""
    [offer] = offers(event(filed=filed))
    assert offer.is_due is due


def test_転居では異動前の住所の届出人に_代理人なら異動者に送る():
    """N-4.1.0.3-04: 松町 → 梅町."""
    by_head = place_of(event(filed=replace(FILED, filer="head", filer_name="花園　花子")), MOVED, protected=False)
    assert (by_head.addressee.name, by_head.addressee.address, by_head.addressee.postal_code, by_head.moved) == ("花園　花子", OLD.address, "0470001", False)
    by_agent = place_of(event(filed=replace(FILED, filer="agent", filer_name="代理　人")), MOVED, protected=False)
    assert (by_agent.addressee.name, by_agent.addressee.address) == ("花園　太郎", OLD.address)


@pytest.mark.parametrize(
    ("code", "entries"),
    [
        ("move_in_from_abroad", NEW.but(previous_address="アメリカ合衆国ニューヨーク州")), ("entry_30_46", NEW.but(previous_address=None)),
        ("domestic_move_in", NEW.but(previous_address="北海道札幌市北区（未届）")), ("domestic_move_in", NEW.but(previous_address="不明")),
        ("domestic_move_in", NEW.but(previous_municipality_code="992100")),
    ],
)  # fmt: skip
def test_異動前の住所がないか送るのに適さないときは異動後の住所の異動者に送る(code: str, entries: SheetEntries):
    """N-4.1.0.3-05."""
    place = place_of(event(code, replace(MOVED, before=None, entries=entries)), replace(MOVED, before=None, entries=entries), protected=False)
    assert (place.addressee.name, place.addressee.address, place.moved) == ("花園　太郎", NEW.address, True)


def test_転入では前の市の住所に送る():
    newcomer = replace(MOVED, before=None)
    assert place_of(event("domestic_move_in", newcomer), newcomer, protected=False).addressee.address == "北海道札幌市中央区南一条西一丁目1番地"


def test_支援措置の対象者の受理通知は新しい住所の本人に送り新しい住所を書かない():
    """domain §7; N-4.1.0.3-03."""
    letter = accepted_letter(event(), [MOVED], protected=True)
    assert (letter.addressee.name, letter.addressee.address) == ("花園　太郎", NEW.address)
    assert not any("梅町" in text or "松町" in text for text in (*letter.facts.values(), *letter.fills.values()))
    leaving = replace(MOVED, entries=OLD.but(planned_move_out_address="北海道旭川市七条通九丁目48番地"))
    assert accepted_letter(event("move_out", leaving), [leaving], protected=True).addressee.address == "北海道旭川市七条通九丁目48番地"


def test_番号の通知票は空き番からの付番と変更と修正だけにある():
    """N-4.3.3-01…-03: a code that came along from another city is no 新規付番."""
    brought = replace(MOVED, before=None)
    assert codes(event("birth", replace(brought, from_stock=True), filed=None)) == ["juminhyo_code_notice"]
    assert codes(event("domestic_move_in", brought)) == ["filing_accepted"]
    other = replace(MOVED, entries=OLD.but(juminhyo_code=9))
    assert codes(event("juminhyo_code_change", other, filed=None)) == ["juminhyo_code_changed"]
    assert codes(event("juminhyo_code_correction", other, filed=None)) == ["juminhyo_code_corrected"]
    assert codes(event("juminhyo_code_change", replace(other, stands=False), filed=None)) == []  # cancelled
    assigned = replace(MOVED, before=OLD.but(individual_number=None), entries=OLD)
    assert codes(event("individual_number_assigned", assigned, filed=None)) == ["individual_number_notice"]


def test_届出によらない記載等には職権記載等通知書が要る():
    """N-4.2.0.1-03."""
    [offer] = offers(event(filed=None, lacks=True))
    assert (offer.code, offer.is_due) == ("ex_officio_notice", True)


PROTECTED = Cases({7: frozenset({"c"})}, {"c": frozenset({8})}, {"松町11"})


@pytest.mark.parametrize(
    ("cases", "addressee", "home", "refused"),
    [
        (NOBODY, None, "松町11", False),
        (PROTECTED, 7, "梅町22", False),
        (PROTECTED, 7, "松町11", True),  # the other party lives there
        (PROTECTED, 8, "梅町22", True),  # is the other party
        (PROTECTED, 9, "梅町22", True),  # somebody of the household who is not protected
        (PROTECTED, None, "梅町22", True),  # nobody knows who opens it
    ],
)
def test_対象者に関する書面は対象者のほかには出ず相手方の住む所にも出ない(cases: Cases, addressee: int | None, home: str, refused: bool):
    """domain §7; N-3.4-*: the refusal names nobody and no place."""
    assert refusal(cases, addressee, home) == (REFUSED if refused else "")
