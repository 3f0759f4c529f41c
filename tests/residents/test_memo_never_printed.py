"""メモは外に出ない — the text of a メモ (and of 付箋, 警告 and 摘要) is on no certificate and in no message to another room or city. N-1.1.15-05; F-1-04."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from daicho import outbox
from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.record import ResidentKind, SheetState
from daicho.certificates.request import BroughtForm, CertificateRequest, Requester
from daicho.city.models import Certifier
from daicho.residents.commands import certificates
from daicho.residents.commands.officer_notes import NoteForm, write_note
from daicho.residents.models import SheetCurrent
from daicho.residents.queries.certificates import choose, read_people
from tests.cast import CLERK, HANAKO, TARO
from tests.harness import ROOT
from tests.paper.tools import text_of
from tests.residents.counter import death_form, move_out_form, register, relocation_form, turn_to, visit
from tests.residents.recording import family_of, recorded_form

pytestmark = pytest.mark.django_db
CHECK, PRINTED = "MEMO-CHECK-7", "備考は印刷する"
TODAY = date(2026, 4, 10)
SECRET = ("memo", "sticky_note", "warning_info", "summary_note")


@pytest.fixture
def noted() -> list[UUID]:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))
    people = family_of(TARO, HANAKO)
    for person in people:
        for kind in SECRET:
            write_note(CLERK, person, NoteForm(kind, CHECK))
        write_note(CLERK, person, NoteForm("remarks", PRINTED))
    return people


@pytest.mark.parametrize("definition", [each for each in ALL_CERTIFICATES if each.sheets], ids=lambda definition: definition.code)
def test_どの証明書にも全ての項目を求めてもメモは出ず備考は出る(noted, definition, tmp_path):
    """N-1.1.15-05: what is composed, and the text of the paper itself."""
    sheet = _sheet_for(definition, noted[0])
    shown = frozenset(choice.omissible for choice in definition.choices_for({ResidentKind.JAPANESE}))
    whole = definition.code.endswith("household")
    read = read_people(choose(noted[0], None if whole else frozenset(noted[:1]), TODAY, sheet=sheet), shown, open_numbers=False)
    assert CHECK not in repr(read.subjects) and PRINTED in repr(read.subjects)
    request = CertificateRequest(TODAY, Requester.SELF, shown, use_confirmed=True, brought=BroughtForm("扶養申立書", 1) if definition.attests else None)
    wanted = certificates.Wanted(definition.code, noted[0], None if whole else frozenset(noted[:1]), sheet)
    paper = "".join(text_of(certificates.issue(CLERK, visit(), wanted, request, "本人の申請").pdf, tmp_path).split())
    assert CHECK not in paper and (PRINTED in paper or definition.chosen_only)  # 備考 is nothing that can be chosen


def _sheet_for(definition: CertificateDefinition, person: UUID) -> int | None:
    """A sheet of which it can be made: the one that stands, the one before 改製, or after 転出 the 除票."""
    if SheetState.REMOVED in definition.sheets:
        register("move_out", move_out_form([person], on="令和8年4月9日"))
    elif SheetState.RENEWED in definition.sheets:
        register("sheet_renewal", recorded_form("sheet_renewal", {person: {}}, effective_on="令和8年4月10日"))
    else:
        return None
    return SheetCurrent.objects.filter(person__public_id=person).order_by("history_no").first().sheet.juminhyo_no


def test_ほかの部屋や市への通知のどれにもメモは入らない(noted, monkeypatch):
    """Every message that 異動 of these people post, whatever its contract."""
    heard: list[object] = []
    post_many = outbox.post_many

    def listening(outgoing):
        posted = list(outgoing)
        heard.extend(one.message for one in posted)
        return post_many(posted)

    monkeypatch.setattr(outbox, "post_many", listening)
    register("relocation", relocation_form(noted, ["世帯主", "妻"], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    register("death", death_form(noted[1]))
    register("move_out", move_out_form(noted[:1], on="令和8年4月10日"))
    turn_to(TODAY)
    assert len({type(message) for message in heard}) > 3 and CHECK not in repr(heard)


def test_メモの表を読むのは職員の画面の照会だけである():
    """By the source: nobody but the notes' own query and command names the table, and no contract a 付箋."""
    readers = {path.stem for path in (ROOT / "daicho").rglob("*.py") if re.search(r"\bOfficerNote\b|residents_officernote", path.read_text("utf-8"))}
    assert readers == {"officer_note", "officer_notes", "notes_laid", "laid_on", "__init__", "0013_officer_notes_and_archive"}
    assert not [path for path in Path(ROOT / "daicho" / "contracts").rglob("*.py") if re.search("sticky_note|warning_info|memo\\b", path.read_text("utf-8"))]
