"""転入通知を読む — what another city told, and whether it can be taken in without anybody looking at it. 住民基本台帳法第9条第1項; std 4.1.3.1.2."""

from __future__ import annotations

from datetime import date

from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events.move_in_notice import MOVE_IN_NOTICE_RECEIVED
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.received.reading import Named, Reading, Role, Said, three_facts
from daicho.residents.rules.returning import LEGAL_NAMES
from daicho.residents.rules.terms import SOURCES, TermKind, term_key
from daicho.residents.rules.vocabulary import SEXES, word
from daicho.values.dates import JapaneseDate, juki_date_code, uncertain_digits_text, wareki

LONGEST_ADDRESS = 300
"""As in layouts/move_in_notice.csv: what is longer was cut, or is none (オーバーフロー)."""
_BROKEN = ("〓", "\ufffd", "?", "？")
"""What stands in the place of a character that got lost on the way (文字化け)."""

UNKNOWN = "この住民票コードの人が、本市の住民にも除票にもいません。住民票コード、氏名、生年月日を確かめ、対象者を検索して選んでください。"
AUTOMATIC_OFF = "自動では受理しない設定です。内容を確かめて受理してください（標準仕様4.1.3.1.2）。"
DIFFERENT_PERSON = "氏名又は生年月日が、住民票コードの一致する人の住民票と違います。同じ人か確かめてください。"
BROKEN = "文字化けした文字があるか、住所が長すぎます。送信元に確かめ、正しい文字に直して受理してください。"


def filing_of(notice: MoveInReceivedV1, atena_no: str, postal_code: str) -> Filing:
    """What the notice says, as a filing of 転入通知の受理 for this person. `postal_code`: of its address by the dictionary, "" where it knows none."""
    values = {"confirmed_address": notice.new_address, **({"confirmed_postal_code": postal_code} if postal_code else {})}
    return Filing(MOVE_IN_NOTICE_RECEIVED.code, JapaneseDate.of(notice.move_in_date), notice.notice_date, values, (Member(atena_no),))


def read_move_in(notice: MoveInReceivedV1, postal_code: str) -> Reading:
    """What it says beside what was planned, and the form of the 受理 as a clerk would have typed it."""
    born = _born(notice.birth_date_juki)
    said = (
        Said("氏名", notice.name_kanji, "name", True),
        Said("ふりがな", notice.name_furigana or "", "kana"),
        Said("生年月日", born.in_era.wareki() if born else uncertain_digits_text(notice.birth_date_juki), "birth_date"),
        Said("性別", word(SEXES, notice.sex_code), "sex_code"),
        Said("転入前の住所／本市の住所", notice.former_address, "address", True),
        Said("転入年月日／転出予定年月日", wareki(notice.move_in_date), "planned_move_out_date"),
        Said("転入後の住所／転出予定地", notice.new_address, "planned_move_out_address", True),
    )
    facts = three_facts(notice.name_kanji, born.encode(), notice.sex_code) if born else {}
    filing = {
        "effective_on": wareki(notice.move_in_date),
        "filed_on": wareki(notice.notice_date),
        "confirmed_address": notice.new_address,
        "confirmed_postal_code": postal_code,
    }
    person = Named(Role.RESIDENT, said, {}, notice.juminhyo_code, facts)
    return Reading(MOVE_IN_NOTICE_RECEIVED.code, "転入通知", (Said("転入通知の日", wareki(notice.notice_date)),), filing, (person,))


def _born(digits: str) -> JapaneseDate | None:
    """The eight digits in 和暦 where they are a day; None where a part is unknown (0) or in a table of the sender's."""
    try:
        return JapaneseDate.of(date.fromisoformat(digits))
    except ValueError:
        return None


def doubts(notice: MoveInReceivedV1, entries: SheetEntries) -> list[str]:
    """Why somebody must look at it, though the code agrees: another person, broken text."""
    found = []
    if not _same_person(notice, entries):
        found.append(DIFFERENT_PERSON)
    if len(notice.new_address) > LONGEST_ADDRESS or not notice.new_address.strip() or any(mark in notice.new_address for mark in _BROKEN):
        found.append(BROKEN)
    return found


def _same_person(notice: MoveInReceivedV1, entries: SheetEntries) -> bool:
    """The name as the search folds it, by any of the legal writings; 生年月日 in the form of 住基ネット."""
    written = {text for name in LEGAL_NAMES if (text := getattr(entries, name))} | {shown_name(entries) or ""}
    keys = {term_key(kind, text) for kind in _KINDS for text in written}
    born = juki_date_code(entries.birth_date) if entries.birth_date else None
    told = {term_key(kind, notice.name_kanji) for kind in _KINDS} - {""}
    return born == notice.birth_date_juki and bool(told & keys)


_KINDS = frozenset(kind for kind, name in SOURCES if name in LEGAL_NAMES and kind in (TermKind.NAME_KANJI, TermKind.ALPHABET))
