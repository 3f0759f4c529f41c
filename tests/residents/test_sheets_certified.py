"""どの住民票の証明か — copies of 除票 and 改製原 from the register, beside the sheet that stands; seals by the day and by the certificate. 住基法15条の2–15条の4; std 1.1.4, 1.1.5, 1.3.7, 1.3.8, 5.1, 5.6."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from daicho import clock
from daicho.certificates.catalogue import certificate
from daicho.certificates.city_texts import IssueNumber
from daicho.certificates.request import BroughtForm, CertificateRequest, Omissible, Requester
from daicho.city.models import Certifier, Office, Terminal
from daicho.residents.commands import blocks, certificates
from daicho.residents.commands.archiving import archive_removed
from daicho.residents.commands.handing_over import NotToBeIssued
from daicho.residents.models import CertificateIssue, SheetCurrent
from daicho.residents.queries.certificate_terms import city_terms
from daicho.residents.queries.certificates import Wanted, choose, read_people
from daicho.residents.queries.certificates_issued import issued_to
from daicho.residents.rules.blocks import BlockKind, Process, Strength, Term
from tests.cast import CLERK, FAMILY, HANAKO, TARO
from tests.paper.tools import BEHIND_THE_CERTIFIER, text_of
from tests.residents.asking import approved
from tests.residents.counter import city_decides, death_form, move_out_form, notice_form, register, relocation_form, removed, visit
from tests.residents.recording import family_of, recorded_form
from tests.residents.seals import deputy_of, register_seals, seal_at
from tests.residents.test_archive import JOB, stores, wholly

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
READER = replace(CLERK, visit_no="1")


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", seal_name="市長印", valid_from=date(2025, 1, 1))


def issue(code: str, person: UUID, *shown: Omissible, people: list[UUID] | None = None, sheet: int | None = None, who=Requester.SELF, **how):
    request = CertificateRequest(clock.today(), who, frozenset(shown), use_confirmed=True, **how)
    came = approved(code, people or [person], shown) if who is Requester.THIRD_PARTY else visit()
    return certificates.issue(CLERK, came, Wanted(code, person, frozenset(people or [person]), sheet), request, "年金の手続")


def said(issued, folder: Path) -> str:
    return "".join(text_of(issued.pdf, folder, "-raw").split())


def composed(code: str, person: UUID, *shown: Omissible, people: list[UUID] | None = None, who=Requester.THIRD_PARTY) -> tuple[str, str]:
    """What the certificate would say, and what forbids it: of third parties, whose 交付請求 has rules and tests of its own."""
    request = CertificateRequest(clock.today(), who, frozenset(shown))
    definition, chosen = certificate(code, clock.today()), choose(person, frozenset(people or [person]), clock.today())
    read = read_people(chosen, request.shown, open_numbers=False)
    texts = city_terms(definition, request).texts
    found = [*(message for _, message in read.reasons), *(each.message for each in definition.check(read.subjects, request, texts))]
    if found:
        return "", "".join(found)
    document = definition.compose(read.subjects, request, texts, IssueNumber("小樽市", "本庁1", "", 1, "20260410"))
    return " ".join([*(cell.text for cell in document.cells()), *document.paragraphs]), ""


def sheets(person: UUID) -> list[int]:
    """住民票番号 of a person's sheets, the oldest first."""
    return [row.sheet.juminhyo_no for row in SheetCurrent.objects.filter(person__public_id=person).order_by("history_no")]


def test_転出した人は除票の写しを求められ写しは求められない(tmp_path):
    """N-1.1.5-01, -12, N-1.3.8-06: planned stays planned; what the 転入通知 told comes only when asked; 交付履歴 tells the kinds apart."""
    taro, hanako = family_of(TARO, HANAKO)
    register("move_out", move_out_form([taro], on="令和8年4月9日"))
    register("move_in_notice_received", notice_form(taro, on="令和8年4月9日", filed_on="令和8年4月10日"))
    paper = said(issue("removed_sheet", taro), tmp_path)
    assert "住民票の除票" in paper and "消除事由国内転出" in paper and "転出先住所（予定）北海道旭川市七条通九丁目48番地旭荘2号" in paper
    assert "転出予定年月日令和8年4月9日" in paper and "確定" not in paper
    assert "転出先住所（確定）" in said(issue("removed_sheet", taro, Omissible.CONFIRMED_DESTINATION), tmp_path)
    with pytest.raises(NotToBeIssued) as refused:
        issue("juminhyo_personal", taro)
    assert "除票の写し" in refused.value.reasons[0][1]
    issue("juminhyo_personal", hanako)
    assert [line.issue.kind for line in issued_to(READER, taro).counter] == ["removed_sheet", "removed_sheet"]


def test_消除されるまでは現存者として写しが出る(tmp_path):
    """N-1.1.5-06: on the eve of the planned day; the whole household with 続柄."""
    taro, hanako = family_of(TARO, HANAKO)
    register("move_out", move_out_form([hanako], on="令和8年4月20日"))
    paper = said(issue("juminhyo_household", taro, Omissible.RELATIONSHIP, people=[taro, hanako]), tmp_path)
    assert "花園花子" in paper and "続柄妻" in paper and "転出" not in paper
    with pytest.raises(NotToBeIssued):
        issue("removed_sheet", hanako)


def test_死亡した人の除票は第三者の請求で番号なしに出る():
    """N-1.1.5-01, N-1.1.14-06; domain §4.3."""
    taro, _ = family_of(TARO, HANAKO)
    register("death", death_form(taro))
    paper, _ = composed("removed_sheet", taro)
    assert "消除事由　死亡" in paper and "事由の生じた年月日　令和8年4月8日" in paper
    assert "亡くなった人の除票" in composed("removed_sheet", taro, Omissible.INDIVIDUAL_NUMBER)[1]
    with pytest.raises(NotToBeIssued):
        issue("removed_sheet", taro)
    with pytest.raises(NotToBeIssued, match=r"この内容では交付できません。"):
        issue("juminhyo_personal", taro)


def test_一緒に転出した人は選んで一通にでき残った人とは一通にならない():
    """N-5.1-01, N-5.1-14: of four two are chosen, then all who left; the one who stayed is never among them."""
    four = family_of(*FAMILY)
    register("move_out", move_out_form(four[1:], on="令和8年4月9日"))
    for code in ("removed_sheet", "removed_entries_certificate"):
        two, _ = composed(code, four[1], Omissible.NAME if "entries" in code else Omissible.HEAD_NAME, people=four[1:3])
        assert "花園　花子" in two and "花園　一郎" in two and FAMILY[3].name not in two
        assert FAMILY[3].name in composed(code, four[1], Omissible.NAME if "entries" in code else Omissible.HEAD_NAME, people=four[1:])[0]
    gone = choose(four[1], None, TODAY)
    assert [row.public_id for row in gone.household] == four[1:] and not gone.is_whole
    assert [row.public_id for row in choose(four[0], None, TODAY).household] == four[:1]
    for code, person in (("juminhyo_household", four[0]), ("removed_sheet", four[1]), ("removed_entries_certificate", four[1])):
        assert "いまこの世帯にいない人" in composed(code, person, *([Omissible.NAME] if "entries" in code else []), people=four[:2])[1]


def test_除票用データベースの除票からも同じ写しが出る(tmp_path):
    """N-1.1.5-09; std 9.3: byte for byte but the number."""
    taro, _ = family_of(TARO, HANAKO)
    removed(taro, TODAY, "move_out", planned_move_out_address="北海道旭川市七条通九丁目48番地")
    with clock.at(date(2026, 4, 11)):
        before = read_people(choose(taro, None, clock.today()), frozenset({Omissible.HISTORY}), open_numbers=False)
    with clock.at(date(2031, 4, 12)):
        archive_removed(JOB, clock.today())
        assert stores(taro) == wholly("archive")
        after = read_people(choose(taro, None, clock.today()), frozenset({Omissible.HISTORY}), open_numbers=False)
        assert after == before
        assert "転出先住所（予定）北海道旭川市七条通九丁目48番地" in said(issue("removed_sheet", taro), tmp_path)


def test_改製原の写しは改製前のままで後の異動も留意事項も載らない(tmp_path):
    """N-1.1.4-03, N-1.1.5-02: the sheet is chosen; what came after 改製 is on the other one alone."""
    [taro] = family_of(TARO)
    register("sheet_renewal", recorded_form("sheet_renewal", {taro: {}}, effective_on="令和8年4月9日"))
    moved = relocation_form([taro], ["世帯主"], effective_on="令和8年4月10日", filed_on="令和8年4月10日")
    register("relocation", moved)
    register(
        "caution_entry", recorded_form("caution_entry", {taro: {"on_history_no": "4", "way": "add", "caution": "後の留意事項"}}, effective_on="令和8年4月10日")
    )
    old, new = sheets(taro)
    [before], [now] = (
        read_people(choose(taro, None, TODAY, sheet=no), frozenset({Omissible.HISTORY}), open_numbers=False).subjects.people for no in (old, new)
    )
    assert before.address.one_line() != now.address.one_line() and "花園2丁目12番1号" in before.address.one_line()
    assert not any("転居" in note.text or "後の留意事項" in note.text for note in before.notes) and any("転居" in note.text for note in now.notes)
    paper = said(issue("renewed_sheet", taro, Omissible.HISTORY, sheet=old), tmp_path)
    assert "改製原住民票" in paper and "消除事由改製" in paper and "転居" not in paper
    with pytest.raises(NotToBeIssued) as refused:
        issue("renewed_sheet", taro, sheet=new)
    assert refused.value.reasons[0][0] == "sheet"
    [line] = issued_to(READER, taro).counter
    assert line.subjects[0].history_no < SheetCurrent.objects.get(sheet__juminhyo_no=new).history_no


def test_履歴ありには二度の転居が載りなしには一件も載らない(tmp_path):
    """N-5.1-03."""
    [taro] = family_of(TARO)
    for address in ("稲穂2丁目1番1号", "色内1丁目3番5号"):
        register("relocation", relocation_form([taro], ["世帯主"], effective_on="令和8年4月10日", filed_on="令和8年4月10日", address=address))
    assert said(issue("juminhyo_personal", taro, Omissible.HISTORY), tmp_path).count("令和8年4月10日転居") == 2
    without = said(issue("juminhyo_personal", taro), tmp_path)
    assert "転居" not in without and "稲穂" not in without


def test_除票の誤記は写しの留意事項に正しい記載とともに出る(tmp_path):
    """N-1.1.5-05: the entry itself stays."""
    taro, _ = family_of(TARO, HANAKO)
    register("move_out", move_out_form([taro], on="令和8年4月9日"))
    wrong = {"found_on": "令和8年4月10日", "place": "birth_date", "reason_code": "register", "correct_text": "昭和55年3月19日"}
    register("removed_sheet_error", recorded_form("removed_sheet_error", {taro: wrong}))
    paper = said(issue("removed_sheet", taro), tmp_path)
    assert "生年月日昭和55年3月9日" in paper and "誤記生年月日正しい記載昭和55年3月19日" in paper


def test_抑止された人の除票も出ない():
    """N-3.1-04, N-3.4-02; domain §7: a 支援措置 goes on after the 転出, and 転出先 stands on the 除票."""
    taro, _ = family_of(TARO, HANAKO)
    register("move_out", move_out_form([taro], on="令和8年4月9日"))
    blocks.set_block(CLERK, taro, blocks.BlockForm(BlockKind.IDENTITY, "本人確認待ち", (Term(Process.CERTIFICATE, Strength.ERROR, TODAY),), False))
    for code in ("removed_sheet", "removed_entries_certificate"):
        with pytest.raises(NotToBeIssued) as refused:
            issue(code, taro, *([Omissible.REMOVAL] if "entries" in code else []))
        assert any("発行禁止" in message for _, message in refused.value.reasons)


def test_知らない住民票番号では交付しない():
    """F-1-04: a sheet of somebody else."""
    taro, hanako = family_of(TARO, HANAKO)
    with pytest.raises(NotToBeIssued) as refused:
        issue("juminhyo_personal", taro, sheet=sheets(hanako)[0])
    assert refused.value.reasons[0] == ("sheet", "選んだ住民票が、この人の住民票にありません。画面を開き直して、証明する住民票を選び直してください。")


def test_発行禁止は前の住民票にも及ぶ():
    """domain §7: who is protected now is protected on every sheet of theirs."""
    [taro] = family_of(TARO)
    register("sheet_renewal", recorded_form("sheet_renewal", {taro: {}}, effective_on="令和8年4月9日"))
    old, new = sheets(taro)
    SheetCurrent.objects.filter(sheet__juminhyo_no=new).update(issue_prohibited_setting='{"by":"支援措置"}')
    with pytest.raises(NotToBeIssued) as refused:
        issue("renewed_sheet", taro, sheet=old)
    assert any("発行禁止" in message for _, message in refused.value.reasons)


def test_記載事項証明と奥書も選んだ人で出て交付履歴に残る(tmp_path):
    """N-5.1-01, N-1.3.8-01, -07, N-2.2.2-01."""
    four = family_of(*FAMILY)
    paper = said(issue("entries_certificate", four[0], Omissible.NAME, Omissible.ADDRESS, people=four[:2], without_building=True), tmp_path)
    assert "花園太郎" in paper and "花園花子" in paper and "花園一郎" not in paper and "生年月日" not in paper and "省略" not in paper
    slip = said(issue("attested_form", four[0], Omissible.NAME, people=four, brought=BroughtForm("在職証明書", 1)), tmp_path)
    assert "証明する様式在職証明書" in slip and "上記のとおり相違ないことを証明する。" in slip and "花園一郎" in slip
    assert {row.kind: row.chosen for row in CertificateIssue.objects.all()} == {
        "entries_certificate": ["address", "name", "without_building"], "attested_form": ["name"],
    }  # fmt: skip


def test_発行番号は端末により場所ごとに違い発行場所そのものは載らない(tmp_path):
    """N-5.5-02, -06: 本庁1 and 銭函1 by the terminals' own registered names; the office's name stands nowhere on the paper."""
    [taro] = family_of(TARO)
    for terminal, name in (("H01", "本庁1"), ("Z01", "銭函1")):
        Terminal.objects.create(
            municipality_code="012033", code=terminal, name=name, office_code="honcho" if name == "本庁1" else "zenibako", valid_from=date(2020, 1, 1), order=1
        )
    Office.objects.create(municipality_code="012033", code="zenibako", name="銭函サービスセンター", valid_from=date(2020, 1, 1), order=2)
    found = []
    for office, terminal in (("honcho", "本庁1"), ("zenibako", "銭函1")):
        by = replace(CLERK, office_code=office, terminal=terminal)
        request = CertificateRequest(clock.today(), Requester.SELF)
        issued = certificates.issue(by, visit(), Wanted("juminhyo_personal", taro, frozenset({taro})), request, "年金の手続")
        found.append(issued.certificate_no.split()[2])
        assert "サービスセンター" not in said(issued, tmp_path)
    assert found == ["本庁1", "銭函1"]


# ---- 認証者と公印 ----


@pytest.fixture
def seals(settings, tmp_path) -> None:
    register_seals(settings, tmp_path)
    deputy_of(10, 12)


def seal_of(pdf: bytes, folder: Path) -> str:
    """Which of the drawings the page's picture bears behind the certifier's name, by how much ink there is; "" for none."""
    return seal_at(pdf, folder, BEHIND_THE_CERTIFIER)


def test_職務代理者期間には職務代理者の名と印だけが印字される(seals, tmp_path):
    """N-1.3.7-02, N-1.3.9-02: from the first to the last day, with nothing done."""
    [taro] = family_of(TARO)
    found = {}
    for day in (10, 12, 13):
        with clock.at(date(2026, 4, day)):
            issued = issue("juminhyo_personal", taro)
            found[day] = ("副市代" in said(issued, tmp_path), seal_of(issued.pdf, tmp_path))
    assert found == {10: (True, "代理印"), 12: (True, "代理印"), 13: (False, "市長印")}


def test_認証者と公印は証明書ごとに選べる(seals, tmp_path):
    """N-5.6-01, -02, -03, -05: of one day one certificate each by the mayor, by the deputy, with no seal, with the one for certificates."""
    [taro] = family_of(TARO)
    city_decides("certifier_of_juminhyo_personal", "mayor")
    city_decides("seal_of_juminhyo_household", "none")
    city_decides("seal_for_certificates", "専用印")
    city_decides("seal_of_entries_certificate", "certificates")
    city_decides("seal_of_attested_form", "mayor")
    found = {}
    for code in ("juminhyo_personal", "juminhyo_household", "entries_certificate", "attested_form"):
        issued = issue(code, taro, *([Omissible.NAME] if "juminhyo" not in code else []), brought=BroughtForm("様式", 1) if "attested" in code else None)
        found[code] = ("台帳守" in said(issued, tmp_path), seal_of(issued.pdf, tmp_path))
    assert found == {
        "juminhyo_personal": (True, "市長印"), "juminhyo_household": (False, ""), "entries_certificate": (False, "専用印"), "attested_form": (False, "市長印"),
    }  # fmt: skip


def test_選んだ認証者がその日にいなければ理由を示して止まる(seals):
    """N-5.6-01: nobody certifies in another's name."""
    [taro] = family_of(TARO)
    city_decides("certifier_of_juminhyo_personal", "deputy")
    with clock.at(date(2026, 4, 13)), pytest.raises(Exception, match="「住民票の写し（個人票）」の認証者（職務代理者）が"):
        issue("juminhyo_personal", taro)
