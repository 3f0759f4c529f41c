"""転出証明書の交付・再交付・回収 — from the register to the paper, and again as it was. 法22条2項, 24条, 令23条; 標準4.1.3.0.2–4.1.3.0.4, 1.3.8."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from daicho import clock, vault
from daicho.city.models import Certifier, CodeEntry
from daicho.residents.commands.handing_over import AlreadyIssued, Click, Issued, NotToBeIssued
from daicho.residents.commands.move_out_paper import Wanted, issue_move_out
from daicho.residents.commands.writing import Recording, moment_after, write_changes
from daicho.residents.models import CertificateIssue, CivilEvent, IssueDisposal, Person, SheetCurrent
from daicho.residents.queries.move_out_preview import preview_move_out
from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.department_items import DEPARTMENTS_ENTRIES
from daicho.residents.rules.events.department_entry import DEPARTMENT_ENTRY
from daicho.residents.rules.situation import PersonState, Situation
from daicho.values.dates import JapaneseDate
from daicho.values.made_up import made_up_individual_number
from tests.cast import CLERK, FAMILY, HANAKO, NGUYEN, TARO
from tests.paper import tools
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import city_decides, move_in_form, move_out_form, notice_form, register, visit
from tests.residents.test_special_move_out import special

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")
LOST = "紛失"
GUEST = replace(NGUYEN, relationship="同居人")


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


def family_of(*roles, **texts: str) -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(roles or FAMILY, **texts))]


def issue(person: UUID, **wanted: object) -> Issued:
    return issue_move_out(AT_COUNTER, visit(), Wanted(person, **wanted), Click(uuid4(), "r"))  # type: ignore[arg-type]  # fields of Wanted


def again(person: UUID) -> Issued:
    return issue(person, again=True, reason=LOST)


def written(person: UUID, **entries: object) -> None:
    """The sheet changes in these entries; 個別記載事項 as a department writes them, the others as any correction may."""
    of_departments = {name: value for name, value in entries.items() if name in DEPARTMENTS_ENTRIES}
    for definition, asserts in ((DEPARTMENT_ENTRY.recorded_as, of_departments), ("import", {n: v for n, v in entries.items() if n not in of_departments})):
        if asserts:
            _written(person, definition, asserts)


def _written(person: UUID, definition: str, asserts: dict[str, object]) -> None:
    row = SheetCurrent.objects.filter(person__public_id=person).latest("history_no")
    recorded_at = moment_after(row.recorded_at)
    event = CivilEvent(
        municipality_code=row.municipality_code, code="import", standard_code="職権修正", definition=definition, basis="職権", effect="修正",
        effective_on=JapaneseDate.of(clock.today()), recorded_at=recorded_at, source="test", request_key=uuid4(),
    )  # fmt: skip
    state = PersonState(row.person.atena_no, row.to_entries(), True, row.spell_id, row.history_no, public_id=str(person))
    situation = Situation(clock.today(), row.municipality_code, "", persons={state.atena_no: state})
    with transaction.atomic():
        write_changes(Recording(event, recorded_at, JapaneseDate.of(clock.today())), situation, Changes(revisions=(Revision(0, state.atena_no, asserts),)))


def text_of(paper: Issued, folder: Path) -> str:
    return re.sub(r"\s", "", tools.text_of(paper.pdf, folder, "-raw"))


def without_its_own(text: str) -> str:
    """Without what every copy has of its own: 再交付, 発行番号 with its day, 契印, 照合番号, 交付年月日."""
    return re.sub(r"再交付|照合番号[0-9A-Z-]{19}|\d{8}小樽市.*?1/1契印[0-9A-Z]{4}-[0-9A-Z]{4}|令和\d+年\d+月\d+日(?=北海道小樽市長)", "", text)


def test_届出のとおりの転出先と資格が世帯の一通に載り_交付履歴に全員が残る(tmp_path):
    """S1-03, N-4.1.3.0.2-01, N-1.3.8-01, N-2.2.2-01; 令23条."""
    taro, hanako, *_ = family_of(TARO, HANAKO)
    written(taro, nhi_qualified_flag=True, np_category_code="1")
    register("move_out", move_out_form([taro, hanako]))
    text = text_of(issue(hanako), tmp_path)
    for said in (
        "北海道旭川市七条通九丁目48番地旭荘2号",
        "令和8年5月1日",
        "令和8年4月10日",
        "花園太郎",
        "花園花子",
        TARO.juminhyo_code,
        HANAKO.juminhyo_code,
        "第1号被保険者",
    ):
        assert said in text
    assert "再交付" not in text
    row = CertificateIssue.objects.get()
    assert (row.kind, row.fee_yen, row.case, row.replaces) == ("move_out_certificate", 0, f"event:{event_of('move_out').request_key}", None)
    assert [str(one.person.public_id) for one in row.subjects.order_by("place")] == [str(taro), str(hanako)]


def test_再交付は_そのあとに何が変わっても_最初の交付のときの内容で出る(tmp_path):
    """N-4.1.3.0.3-04…-07: name, 資格, 個人番号, the words of a code and the city's own words have all changed since; nothing of it gets onto the copy."""
    CodeEntry.objects.create(municipality_code="012033", table="nationality", code="392", ja="ベトナム旧", valid_from=date(2020, 1, 1))
    taro, nguyen = family_of(TARO, GUEST)
    written(taro, nhi_qualified_flag=True, child_allowance_start_date=date(2020, 4, 1))
    written(nguyen, nationality_code="392")
    register("move_out", move_out_form([taro, nguyen]))
    first = text_of(issue(taro), tmp_path)
    assert "ベトナム旧" in first
    with clock.at(date(2026, 4, 12)):
        CodeEntry.objects.create(municipality_code="012033", table="nationality", code="392", ja="ベトナム新", valid_from=date(2026, 4, 11))
        city_decides("text_blank", "＊空＊")
        number = vault.keep(vault.NumberKind.INDIVIDUAL_NUMBER, str(made_up_individual_number(4711)))
        written(taro, name_kanji="花園　改", nhi_qualified_flag=False, np_category_code="3", child_allowance_start_date=None, individual_number=number)
        copy = again(taro)
        second = text_of(copy, tmp_path)
        third = text_of(again(nguyen), tmp_path)
    assert without_its_own(second) == without_its_own(third) == without_its_own(first)
    assert [text.count("再交付") for text in (first, second, third)] == [0, 1, 1]
    assert ("令和8年4月12日" in second, "20260412" in second, "20260412" in first) == (True, True, False)
    rows = list(CertificateIssue.objects.order_by("pk"))
    assert [row.replaces_id for row in rows] == [None, rows[0].pk, rows[1].pk]
    assert [[(s.person_id, s.history_no) for s in row.subjects.order_by("place")] for row in rows[1:]] == [
        [(s.person_id, s.history_no) for s in rows[0].subjects.order_by("place")]
    ] * 2
    assert rows[1].purpose == "転入届に添付するため（再交付：紛失）"


def test_一つの転出の二通目は再交付としてしか出ず_理由がなければ出ない():
    """N-4.1.3.0.3-04, -05: there is no way to a second unmarked copy."""
    (taro,) = family_of(TARO)
    register("move_out", move_out_form([taro]))
    click = Click(uuid4(), "r")
    issue_move_out(AT_COUNTER, visit(), Wanted(taro), click)
    with pytest.raises(NotToBeIssued) as refused:
        issue(taro)
    assert "もう交付されています" in str(refused.value.reasons)
    with pytest.raises(NotToBeIssued) as refused:
        issue(taro, again=True)
    assert [key for key, _ in refused.value.reasons] == ["reason"]
    with pytest.raises((AlreadyIssued, NotToBeIssued)):
        issue_move_out(AT_COUNTER, visit(), Wanted(taro), click)
    assert CertificateIssue.objects.count() == 1


def test_印刷の不良で処分したものは初めから無かったものとして_もう一度_再交付でなく出る(tmp_path):
    """A copy that never reached anybody is no first."""
    (taro,) = family_of(TARO)
    register("move_out", move_out_form([taro]))
    issue(taro)
    row = CertificateIssue.objects.get()
    IssueDisposal.objects.create(
        municipality_code="012033",
        certificate=row,
        kind="spoiled",
        reason="紙づまり",
        recorded_by="窓口",
        recorded_at=clock.now(),
        office_code="H",
        terminal="H01",
    )
    assert "再交付" not in text_of(issue(taro), tmp_path)


@pytest.mark.parametrize(("filed", "kind"), [("令和8年4月15日", "move_out_certificate"), ("令和8年4月16日", "move_out_equivalent")])
def test_十四日を過ぎた届出では準ずる証明書になり_再交付もそれで出る(tmp_path, filed: str, kind: str):
    """N-4.1.3.0.3-02, -04: 異動日 4/1."""
    with clock.at(date(2026, 4, 20)):
        (taro,) = family_of(TARO, effective_on="令和8年3月1日")
        register("move_out", move_out_form([taro], "令和8年4月1日", filed_on=filed))
        texts = [text_of(issue(taro), tmp_path), text_of(again(taro), tmp_path)]
    assert list(CertificateIssue.objects.order_by("pk").values_list("kind", flat=True)) == [kind, kind]
    says = "転入届に添付すべき書類として発行した"
    assert [says in text for text in texts] == [kind == "move_out_equivalent"] * 2


def test_特例による転出では求められたときだけ_処理済と載せて出る(tmp_path):
    """N-4.1.3.0.4-02, -04, -05."""
    (taro,) = family_of(TARO)
    register("special_move_out", special([taro]))
    assert not CertificateIssue.objects.exists()
    assert "特例による転出処理済" in text_of(issue(taro), tmp_path)


def test_転出していない人_国外へ転出する人_転入通知の届いた人には出さない():
    """法24条; 法9条1項."""
    taro, hanako = family_of(TARO, HANAKO)
    abroad = {"planned_country": "アメリカ合衆国", "card": "none"}
    plain = move_out_form([hanako])
    filing = {name: text for name, text in plain.filing.items() if not name.startswith("planned_")} | abroad
    register("move_out_abroad", replace(plain, filing=filing))
    for person in (taro, hanako):
        with pytest.raises(NotToBeIssued, match="交付できません") as refused:
            issue(person)
        assert "国内への転出が記録されていません" in str(refused.value.reasons)
    register("move_out", move_out_form([taro], "令和8年4月10日"))
    issue(taro)
    with clock.at(date(2026, 4, 25)):
        register("move_in_notice_received", notice_form(taro))
        with pytest.raises(NotToBeIssued) as refused:
            again(taro)
    assert "転入通知が届いています" in str(refused.value.reasons)


def test_転出を取り消すと_渡した証明書は要回収と残り_もう出ない():
    """std 4.6.0.1; N-1.3.8-11: every copy in somebody's hands, 再交付 too."""
    taro, hanako = family_of(TARO, HANAKO)
    register("move_out", move_out_form([taro, hanako]))
    issue(taro)
    again(taro)
    cancel(event_of("move_out"))
    assert [(one.certificate.replaces_id is not None, one.kind) for one in IssueDisposal.objects.order_by("pk")] == [
        (False, "to_call_in"),
        (True, "to_call_in"),
    ]
    with pytest.raises(NotToBeIssued):
        again(taro)
    register("move_out", move_out_form([taro, hanako]))  # filed again: another 転出, whose first copy is no 再交付
    assert issue(taro).pages == 1
    assert CertificateIssue.objects.latest("pk").replaces_id is None


def test_確認画面では番号を開かず_その内容で出る():
    """design §7: the preview opens no number."""
    (taro,) = family_of(TARO)
    register("move_out", move_out_form([taro]))
    seen = preview_move_out(AT_COUNTER, visit(), taro)
    assert seen.reasons == ()
    assert seen.document is not None
    assert seen.document.text_of("juminhyo_code") == "●" * 12
    assert Person.objects.count() == 1
