"""世帯連記式の交付 — who of a household comes on the paper, in which order, what of anyone refuses it, and the record. 標準1.1.3, 1.3.8, 3.4, 5.1, 5.2."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import clock
from daicho.audit.actor import Actor
from daicho.audit.models import AuditEntry
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.city.models import Certifier
from daicho.residents.commands import certificates, filings
from daicho.residents.commands.handing_over import NotToBeIssued
from daicho.residents.models import CertificateIssue, SheetCurrent, SheetVersion
from daicho.residents.queries.certificate_preview import Preview, Said, preview
from daicho.residents.queries.certificates import Wanted
from daicho.residents.queries.certificates_issued import issued_to
from tests.cast import CLERK, EXAMINER, FAMILY, HANAKO, ICHIRO, JIRO, SATO, TARO, Role
from tests.paper.tools import text_of
from tests.residents.counter import before_the_font, enter, move_in_form, register, relocation_form, removed, visit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
AT_COUNTER = replace(CLERK, visit_no="1")


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


@pytest.fixture
def family() -> list[UUID]:
    return moved_in()


def moved_in(*people: Role) -> list[UUID]:
    return [written.person.public_id for written in register("domestic_move_in", move_in_form(people or FAMILY))]


def request(*shown: Omissible, requester: Requester = Requester.SELF, on: date = TODAY) -> CertificateRequest:
    return CertificateRequest(on, requester, frozenset(shown), use_confirmed=True)


def issue(person: UUID, *shown: Omissible, people: list[UUID] | None = None, code: str = "juminhyo_household", on: date = TODAY, by: Actor = CLERK):
    wanted = certificates.Wanted(code, person, None if people is None else frozenset(people))
    return certificates.issue(by, visit(), wanted, request(*shown, on=on), "勤務先へ提出")


def seen(person: UUID, *shown: Omissible, people: list[UUID] | None = None) -> Preview:
    chosen = None if people is None else frozenset(people)
    return preview(AT_COUNTER, visit(), Wanted("juminhyo_household", person, chosen), lambda *_: request(*shown), Said("勤務先へ提出"))


def names_on(pdf: bytes, folder) -> list[str]:
    """氏名 of each block, from the top, as poppler reads the paper."""
    return [found.replace(" ", "") for found in re.findall(r"^氏名 (.+?) (?:性別|生年月日)", text_of(pdf, folder, "-raw"), re.MULTILINE)]


def refusal(person: UUID, *shown: Omissible, **how: object) -> list[str]:
    with pytest.raises(NotToBeIssued) as refused:
        issue(person, *shown, **how)
    assert not CertificateIssue.objects.exists()
    return [message for _, message in refused.value.reasons]


# ---- 誰が載るか ----


def test_4人の世帯全員が1件の帳票に並び履歴番号は動かない(family, tmp_path):
    """N-1.1.3-02: four persons on one paper; their sheets are as before."""
    before = list(SheetVersion.objects.values_list("person_id", "history_no", "digest"))
    issued = issue(family[1])
    assert names_on(issued.pdf, tmp_path) == [re.sub(r"\s", "", role.name) for role in FAMILY]
    assert (issued.pages, CertificateIssue.objects.get().whole_household) == (1, True)
    assert "世帯全員の住民票の原本" in text_of(issued.pdf, tmp_path)
    assert list(SheetVersion.objects.values_list("person_id", "history_no", "digest")) == before


def test_選んだ人だけが世帯の順に載り一部の写しになる(family, tmp_path):
    """N-5.1-01: 2 of 4, chosen in another order; then all four."""
    issued = issue(family[0], people=[family[3], family[1]])
    assert names_on(issued.pdf, tmp_path) == ["花園花子", "花園二郎"]
    assert "世帯全員" not in text_of(issued.pdf, tmp_path) and not CertificateIssue.objects.get().whole_household
    assert len(names_on(issue(family[0], people=family).pdf, tmp_path)) == 4


def test_同じ3人を連記式ありとなしで出す(family, tmp_path):
    """N-5.1-02: one sheet, and a page for each."""
    assert issue(family[0], people=family[:3]).pages == 1
    personal = issue(family[0], people=family[:3], code="juminhyo_personal")
    assert personal.pages == 3
    pages = text_of(personal.pdf, tmp_path, "-layout").split("\f")
    assert [role.name.split("　")[1] in page for role, page in zip(FAMILY[:3], pages, strict=False)] == [True] * 3


def test_除かれた人は世帯連記式に載らず本人の写しも選べない(family, tmp_path):
    """N-5.1-14: the wife left and her sheet is a 除票; chosen with her, nothing is issued."""
    removed(family[1], date(2026, 4, 5))
    assert names_on(issue(family[0]).pdf, tmp_path) == ["花園太郎", "花園一郎", "花園二郎"]
    with pytest.raises(NotToBeIssued) as refused:
        issue(family[0], people=[family[0], family[1]])
    assert ["いまこの世帯にいない人" in message for _, message in refused.value.reasons] == [True]
    with pytest.raises(NotToBeIssued) as refused:
        issue(family[1])
    assert any("除票の写し" in message for _, message in refused.value.reasons)
    assert CertificateIssue.objects.count() == 1


def test_転出予定の人は予定日の前日まで載り届出の記録は出ず警告もない(family, tmp_path):
    """N-5.1-13, -17."""
    with clock.at(date(2026, 5, 9)):
        removed(family[3], date(2026, 5, 10), planned_move_out_address="北海道函館市見本町1番1号", planned_move_out_date=date(2026, 5, 10))
        found = seen(family[0])
        assert (found.reasons, found.alerts) == ((), ())
        paper = text_of(issue(family[0], on=date(2026, 5, 9)).pdf, tmp_path)
        assert "二郎" in paper and "函館" not in paper
    with clock.at(date(2026, 5, 10)):
        assert names_on(issue(family[0], on=date(2026, 5, 10)).pdf, tmp_path) == ["花園太郎", "花園花子", "花園一郎"]


def test_他の世帯の人は選んでも載らない(family):
    """法12条: another household's person is not read, and nothing is issued."""
    [sato] = moved_in(SATO)
    assert ["いまこの世帯にいない人" in message for message in refusal(family[0], people=[family[0], sato])] == [True]
    found = seen(family[0], people=[family[0], sato])
    assert sato not in {row.public_id for row in found.chosen.household} | {row.public_id for row in found.chosen.people}
    assert not AuditEntry.objects.filter(action="residents:certificate:issue", subjects__contains=[str(sato)]).exists()


def test_世帯主を定めていない世帯も交付できる(family, tmp_path):
    """N-1.1.10: the head left; 世帯主 is 空欄 on the paper."""
    removed(family[0], date(2026, 4, 5))
    SheetCurrent.objects.filter(closed_on__isnull=True).update(householder_name=None)
    paper = text_of(issue(family[1], Omissible.HEAD_NAME).pdf, tmp_path, "-layout")
    assert re.search(r"世帯主\s+【空欄】", paper)


# ---- 並び順 ----


def order(family: list[UUID], **places: int | None) -> None:
    """The stored order of those named; of everyone else it stays."""
    for name, place in places.items():
        person = dict(zip(("taro", "hanako", "ichiro", "jiro"), family, strict=True))[name]
        assert SheetCurrent.objects.filter(person__public_id=person).update(order_in_household=place)


def test_保持した並び順のまま印字され規則で並べ直さない(family, tmp_path):
    """N-1.1.1-26, N-5.2-02, -03: the two sons exchanged; printed twice alike, also from another terminal."""
    order(family, ichiro=4, jiro=3)
    for by in (CLERK, replace(CLERK, office_code="zenibako", terminal="銭函1")):
        assert names_on(issue(family[0], by=by).pdf, tmp_path) == ["花園太郎", "花園花子", "花園二郎", "花園一郎"]


def test_既設の世帯に入った人は何も操作しなければ末尾に順次載る(tmp_path):
    """N-5.2-04: 世帯主 and 子; then the wife moves in, then the father."""
    head, _ = moved_in(TARO, ICHIRO)
    household_no = SheetCurrent.objects.get(person__public_id=head).household_no
    into = {"household_choice": "existing", "household_no": household_no}
    register("domestic_move_in", move_in_form([HANAKO], **into))
    father = Role(5, "花園　茂", "ハナゾノ　シゲル", "昭和25年1月1日", "1", "父")
    register("domestic_move_in", move_in_form([father], **into))
    assert names_on(issue(head).pdf, tmp_path) == ["花園太郎", "花園一郎", "花園花子", "花園茂"]


def test_順番のない人と同じ順番の人は規則の順に並ぶ(family, tmp_path):
    """N-5.2-01: as a migration may leave them; who has no place stands behind those who have one."""
    order(family, taro=1, hanako=1, ichiro=None, jiro=None)
    assert names_on(issue(family[0]).pdf, tmp_path) == ["花園太郎", "花園花子", "花園一郎", "花園二郎"]
    order(family, taro=None, hanako=None, ichiro=2, jiro=1)
    assert names_on(issue(family[0]).pdf, tmp_path) == ["花園二郎", "花園一郎", "花園太郎", "花園花子"]


def test_標準にない続柄があっても並び続柄を求めたときだけ断る(family, tmp_path):
    """std 1.1.11: a migrated word counts as 空欄 for the order, and is named before it is certified."""
    order(family, taro=None, hanako=None, ichiro=None, jiro=None)
    SheetCurrent.objects.filter(person__public_id=family[2]).update(relationship="準世帯主")
    assert names_on(issue(family[0]).pdf, tmp_path) == ["花園太郎", "花園花子", "花園二郎", "花園一郎"]
    with pytest.raises(NotToBeIssued) as refused:
        issue(family[0], Omissible.RELATIONSHIP)
    assert [message.startswith("4人目：続柄「準世帯主」") for _, message in refused.value.reasons] == [True]


def test_5人目からは次の葉に載る(tmp_path):
    """domain §4.2: five people, two sheets; 交付履歴 keeps the number of pages (N-1.3.8-08)."""
    five = moved_in(*FAMILY, Role(5, "花園　三郎", "ハナゾノ　サブロウ", "平成28年1月1日", "1", "子"))
    issued = issue(five[4])
    pages = text_of(issued.pdf, tmp_path, "-layout").split("\f")
    assert (issued.pages, CertificateIssue.objects.get().pages) == (2, 2)
    assert "三郎" in pages[1] and "三郎" not in pages[0] and "2/2" in pages[1]


WORDS = (
    "世帯主", "夫", "妻", "夫（未届）", "妻（未届）", "子", "子（子の夫）", "子（子の妻）", "父", "母", "兄", "姉", "弟", "妹", "子の子", "縁故者", "同居人",
)  # fmt: skip


def test_続柄の語はどれも記録したとおり写しに出て枚数は交付履歴に残る(tmp_path):
    """N-1.1.11-01, -02, -05, -06, N-1.3.8-08: seventeen people, a word each, on five leaves."""
    roles = [
        Role(40 + at, f"花園　{'一二三四五六七八九十百千万春夏秋冬'[at]}", "ツヅキ", f"昭和{30 + at}年1月1日", "12"[at % 2], word)
        for at, word in enumerate(WORDS)
    ]
    people = moved_in(*roles)
    assert [SheetCurrent.objects.get(person__public_id=person).relationship for person in people] == list(WORDS)
    issued = issue(people[0], Omissible.RELATIONSHIP)
    printed = re.findall(r"氏名 (花園 .).*?続柄 ?([^ \n]+)", text_of(issued.pdf, tmp_path, "-raw"), re.DOTALL)
    assert {name.replace(" ", "　"): word for name, word in printed} == {role.name: role.relationship for role in roles}
    assert (issued.pages, CertificateIssue.objects.get().pages) == (5, 5)


# ---- 断るとき ----


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_発行禁止の人が一人でもいれば世帯の写しは出ない(family, place: int):
    """N-3.4-02; item 95: whoever of them, whoever asks; without that person it can be issued."""
    SheetCurrent.objects.filter(person__public_id=family[place]).update(issue_prohibited_setting='{"by":"支援措置"}')
    [message] = refusal(family[(place + 1) % 4])
    assert message.startswith(f"{place + 1}人目：") and "発行禁止" in message
    assert issue(family[(place + 1) % 4], people=[person for at, person in enumerate(family) if at != place]).pages == 1


def test_番号のない人がいれば番号入りの写しはその人を示して断る(family, tmp_path):
    """domain §1.1.14: the answer for one child is awaited; without that child the numbers of the others are each their own."""
    SheetCurrent.objects.filter(person__public_id=family[3]).update(individual_number=None)
    [message] = refusal(family[0], Omissible.INDIVIDUAL_NUMBER)
    assert message.startswith("4人目：") and "個人番号がまだ記録されていません" in message
    paper = text_of(issue(family[0], Omissible.INDIVIDUAL_NUMBER, people=family[:3]).pdf, tmp_path)
    assert all(role.individual_number in paper for role in (TARO, HANAKO, ICHIRO)) and JIRO.individual_number not in paper


def test_方書の違う人がいれば個人票を勧めて断る(family):
    """標準4.1.4.1: lawful in a household, wrong on a paper with one 住所."""
    SheetCurrent.objects.filter(person__public_id=family[2]).update(address_building="離れ")
    assert ["個人票で交付" in message for message in refusal(family[0])] == [True]
    assert issue(family[0], code="juminhyo_personal").pages == 4


@pytest.mark.parametrize("examined", [False, True], ids=["仮登録", "照合済み"])
def test_誰かの転居が仮登録中でも全員が仮登録前の内容で出る(family, tmp_path, examined: bool):
    """N-4.0.8-05, -16: two of four are on their way to another household."""
    form = relocation_form(family[2:], ["世帯主", "弟"], household_choice="new", effective_on="令和8年4月9日", filed_on="令和8年4月10日")
    filing = enter("relocation", form)
    if examined:
        filings.examine(EXAMINER, filing)
    paper = text_of(issue(family[0], Omissible.RELATIONSHIP).pdf, tmp_path)
    assert "花園2丁目12番1号" in paper and "色内1丁目3番5号" not in paper and "弟" not in paper
    assert len(names_on(issue(family[2]).pdf, tmp_path)) == 4


def test_字形のない氏名は何人目かを示して断り名前は言わない(tmp_path):
    """design §7."""
    with before_the_font():
        people = moved_in(TARO, Role(12, "葛󠄀城　葵", "カツラギ　アオイ", "平成元年1月8日", "2", "妻"))
    [message] = refusal(people[0])
    assert message.startswith("「2人目の氏名」の1文字目（U+845B U+E0100）") and "葵" not in message


# ---- 記録 ----


def test_交付対象者として全員の交付履歴に載る(family):
    """N-1.3.8-05, N-2.2.2-01: three on one paper, each finds it; the fourth does not."""
    issue(family[0], Omissible.RELATIONSHIP, people=family[:3])
    row = CertificateIssue.objects.get()
    for person in family[:3]:
        [line] = issued_to(AT_COUNTER, person).counter
        assert line.issue.certificate_no == row.certificate_no
        assert [(subject.public_id, subject.name, subject.history_no) for subject in line.subjects] == [
            (public, role.name, 1) for public, role in zip(family[:3], FAMILY, strict=False)
        ]
    assert issued_to(AT_COUNTER, family[3]).counter == ()
    assert list(row.subjects.order_by("place").values_list("place", flat=True)) == [1, 2, 3]


def test_交付も下見も載る人と見せた人を全員記録する(family):
    """F-1-13, F-0-12: the issue names those on the paper; the preview everyone of the household, who is shown to be chosen from."""
    issue(family[0], people=family[:2])
    assert set(AuditEntry.objects.latest("id").subjects) == set(family[:2])
    seen(family[0], people=family[:2])
    assert set(AuditEntry.objects.latest("id").subjects) == set(family)
    issued_to(AT_COUNTER, family[1])
    assert set(AuditEntry.objects.latest("id").subjects) == set(family[:2])


def test_番号を求めた交付は開いた番号とともに記録される(family):
    """F-0-18: the numbers of those on the paper and of nobody else; a preview opens none."""
    seen(family[0], Omissible.INDIVIDUAL_NUMBER)
    assert not AuditEntry.objects.latest("id").shows_numbers
    issue(family[0], Omissible.INDIVIDUAL_NUMBER)
    trail = AuditEntry.objects.latest("id")
    assert trail.shows_numbers and set(trail.subjects) == set(family)
