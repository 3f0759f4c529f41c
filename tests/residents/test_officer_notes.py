"""職員の記載 — メモ, 備考, 付箋, 警告 and 摘要: each wording is kept, no 履歴番号 comes of it, and only 備考 is printed. 標準1.1.14, 1.1.15; decision 0032."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from daicho import audit, clock
from daicho.audit.models import AuditEntry
from daicho.contracts.certificate_data_v1 import CertificateDataV1
from daicho.residents.commands.officer_notes import NoteForm, write_note
from daicho.residents.errors import CannotDo
from daicho.residents.models import OfficerNote, SheetVersion
from daicho.residents.queries.history import person_as_of
from daicho.residents.queries.officer_notes import officer_notes
from daicho.residents.queries.persons import card
from daicho.residents.queries.proof import prove
from tests.cast import CLERK, FAMILY, NGUYEN, TARO, officer
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import move_out_form, register, told
from tests.residents.recording import family_of, newest, recorded_form

pytestmark = pytest.mark.django_db
SATO = replace(officer(7, "佐藤　記子", frozenset({"residents:note:write", "residents:person:read", "residents:history:read"})), visit_no="2")
READER = replace(CLERK, visit_no="1")


def write(person: UUID, kind: str, text: str, actor=CLERK, **where: object) -> OfficerNote:
    return write_note(actor, person, NoteForm(kind, text, **where))


def wordings(person: UUID, kind: str) -> list[tuple[str, str]]:
    found = officer_notes(READER, person)
    notes = found.memos if kind == "memo" else found.sheets[0].notes
    return [(one.before, one.text) for note in notes if note.kind == kind for one in note.wordings]


def history(person: UUID) -> list[int]:
    return list(SheetVersion.objects.filter(person__public_id=person).order_by("history_no").values_list("history_no", flat=True))


@pytest.mark.parametrize("role", [TARO, NGUYEN], ids=["日本人", "外国人"])
@pytest.mark.parametrize("kind", ["remarks", "sticky_note", "warning_info", "summary_note"])
def test_備考などを書き直すと前の文も残り異動履歴は増えない(role, kind: str):
    """N-1.1.14-03, -05, -11; N-1.1.1-32, N-1.1.2-43; items 93, 98, 130, 132: given two 異動, when only the note is put right."""
    [person] = family_of(role)
    register("ex_officio_correction", recorded_form("ex_officio_correction", {person: {"address_building": "花園荘5号"}}))
    before, first, second = history(person), "備考文A" + "あ" * 200, "備考文B"
    write(person, kind, first)
    write(person, kind, second, SATO, seen=first)
    assert wordings(person, kind) == [("", first), (first, second)]
    assert history(person) == before and prove().proven
    note = next(note for note in officer_notes(READER, person).sheets[0].notes if note.kind == kind)
    assert (note.last.by, note.last.by_id) == (SATO.name, SATO.login)
    assert (getattr(newest(person), kind) or "").strip('"') == second
    write(person, kind, "", seen=second)
    assert wordings(person, kind)[-1] == (second, "") and getattr(newest(person), kind) is None and prove().proven


def test_異動があっても備考は引き継がれ取消しても消えない():
    """std 1.2.1-13: every row says everything; a 備考 belongs to no 異動."""
    person = family_of(TARO)[0]
    write(person, "remarks", "窓口で確認した備考")
    register("ex_officio_correction", recorded_form("ex_officio_correction", {person: {"registered_domicile": "北海道小樽市色内一丁目3番"}}))
    assert newest(person).remarks == "窓口で確認した備考"
    write(person, "remarks", "書き直した備考", seen="窓口で確認した備考")
    cancel(event_of("ex_officio_correction"))
    assert newest(person).remarks == "書き直した備考" and prove().proven
    clock_after = person_as_of(READER, person, clock.today())
    assert clock_after.entries is not None and clock_after.entries.remarks == "書き直した備考"


def test_事実上の世帯主の備考の上にも書け異動の備考も履歴に読める():
    """std 4.1.4.3: what an event says of the 備考 is a wording too."""
    person = family_of(TARO)[0]
    form = recorded_form("de_facto_head", {person: {}}, who="facility", name="銭函　園長", in_remarks="yes")
    register("de_facto_head", form)
    write(person, "remarks", "自由な備考", seen="事実上の世帯主　銭函　園長")
    assert wordings(person, "remarks") == [("", "事実上の世帯主　銭函　園長"), ("事実上の世帯主　銭函　園長", "自由な備考")]


def test_備考が変わればコンビニ交付に知らせほかの記載では知らせない(monkeypatch):
    """S5-01: what a certificate shows; and 連携 is told of nothing else."""
    person = family_of(TARO)[0]
    heard = {room: told(monkeypatch, room) for room in ("konbini", "atena", "transfers", "juki_net")}
    for kind in ("memo", "sticky_note", "warning_info", "summary_note"):
        write(person, kind, "外へ出さない")
    assert not any(heard.values())
    write(person, "remarks", "外へ出す")
    [one] = heard["konbini"]
    assert isinstance(one.message, CertificateDataV1) and [p.entries.remarks for p in one.message.persons] == ["外へ出す"]
    assert not (heard["atena"] or heard["transfers"] or heard["juki_net"])


@pytest.mark.parametrize("role", [TARO, NGUYEN], ids=["日本人", "外国人"])
def test_メモは一人だけのもので入力者と日時が残り修正と削除も履歴に残る(role):
    """N-1.1.15-01…-04, N-1.1.1-33, N-1.1.2-44."""
    person, *others = family_of(*(FAMILY if role is TARO else (role,)))
    first, second = "窓口対応メモA" + "い" * 500, "窓口対応メモB"
    with clock.at(datetime(2027, 2, 1, 1, 0, tzinfo=UTC)):
        made = write(person, "memo", first, SATO)
        assert (made.recorded_by_id, clock.jst(made.recorded_at).isoformat()[:16]) == (SATO.login, "2027-02-01T10:00")
    write(person, "memo", second, note_no=1, seen=first)
    assert wordings(person, "memo") == [("", first), (first, second)]
    assert [note.text for note in card(READER, person).laid.memos] == [second]
    assert [card(READER, other).laid.memos for other in others] == [()] * len(others)
    write(person, "memo", "", SATO, note_no=1, seen=second)
    assert card(READER, person).laid.memos == () and wordings(person, "memo")[-1] == (second, "")
    assert officer_notes(READER, person).memos[0].last.by == SATO.name
    assert write(person, "memo", "次のメモ").note_no == 2


def test_見た後にほかの職員が書いた記載は上書きされない():
    person = family_of(TARO)[0]
    write(person, "sticky_note", "先の付箋")
    for where in ({"kind": "sticky_note", "text": "後の付箋"}, {"kind": "memo", "text": "無いメモ", "note_no": 3}, {"kind": "memo", "text": " "}):
        with pytest.raises(CannotDo):
            write(person, **where)
    with pytest.raises(CannotDo, match="2,000文字まで"):
        write(person, "remarks", "あ" * 2001)
    with pytest.raises(audit.Refused):
        write(person, "memo", "権限なし", officer(8, "権限　なし", frozenset({"residents:person:read"})))


def test_除票にも備考を書けて操作履歴に本文は残らない():
    """std 1.1.14-06; design §6."""
    person = family_of(TARO, *FAMILY[1:])[0]
    register("move_out", move_out_form([person], on="令和8年4月9日"))
    write(person, "remarks", "除票の備考")
    assert newest(person).remarks == "除票の備考" and prove().proven
    row = AuditEntry.objects.filter(action="residents:note:write").latest("id")
    assert row.subjects == [person] and "除票の備考" not in str(row.detail)
