"""部数とプリンタ — several copies in one act, each with a number of its own; the printer in the 発行番号, or its place left empty. 標準5.5, 10.7."""

from __future__ import annotations

import re

import pytest

from daicho.audit.models import AuditEntry
from daicho.city import kinds
from daicho.paper.bundle import papers_in
from daicho.residents.models import CertificateIssue, IssueStop, PaperCheck, PaperMove
from tests.residents.bulk import pages_of
from tests.residents.counter import city_decides
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family
from tests.residents.screens.test_certificate_screen import asked, once, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def taro():
    return family()[0]


def issue(clerk, person, status=200, name="", **more):
    answer = clerk.post(url(person, "issue/"), asked(person, once=name or once(clerk.get(url(person))), **more))
    assert answer.status_code == status, visible(answer)[:2000]
    return answer


def test_3部を一度に交付すると発行番号はすべて異なり手数料と交付履歴も3つ(taro, tmp_path):
    """N-5.5-05, N-10.7-02: one act, one file, three bonds; sent twice it is issued once; all are confirmed at once."""
    clerk = desk()
    name = once(clerk.get(url(taro)))
    answer = issue(clerk, taro, name=name, copies="3")
    issues = list(CertificateIssue.objects.order_by("pk"))
    numbers = [one.certificate_no for one in issues]
    assert len(set(numbers)) == 3 and [int(number.split()[-1]) for number in numbers] == [1, 2, 3]
    assert {(one.fee_yen, one.pages, one.request_digest == issues[0].request_digest) for one in issues} == {(300, 1, True)}
    assert [one.stamp for one in papers_in(answer.content)] == [one.stamp for one in issues] and len({one.binding for one in issues}) == 3
    for page, one in zip(pages_of(answer.content, tmp_path), issues, strict=True):
        assert "".join(f"{one.certificate_no}1/1契印{one.tally}".split()) in "".join(page.split())
    assert "済んでいます" in visible(issue(clerk, taro, 409, name=name, copies="3")) and CertificateIssue.objects.count() == 3
    page = visible(clerk.get(f"{url(taro)}?issued={name}"))
    assert all(number in page.split("手数料 900円")[0] for number in numbers)
    _confirm(clerk, issues)
    assert not IssueStop.objects.exists()


def _confirm(clerk, issues) -> None:
    """正しく印刷された, of all three by the first sheet's number."""
    for kind, sheets, terminal in (("receive", "A000001～A000010", ""), ("hand_out", "A000001～A000010", "H01")):
        if kind == "hand_out":
            box = PaperMove.objects.get()
            PaperCheck.objects.create(
                municipality_code=box.municipality_code, move=box, recorded_by_id_no=box.recorded_by_id_no, checked_by="立会", checked_by_id_no=0,
                checked_at=box.recorded_at,
            )  # fmt: skip
        clerk.post("/paper/stock/record/", {"kind": kind, "sheets": sheets, "terminal": terminal})
    clerk.post("/paper/confirm/", {"copy": [str(one.public_id) for one in issues], "sheets": "A000004"})
    used = [(row.certificate.certificate_no, row.first_no) for row in PaperMove.objects.filter(kind="use").order_by("first_no")]
    assert used == [(one.certificate_no, no) for no, one in enumerate(issues, 4)]


def test_紙か電子かを選べ市が電子を既定とすれば電子が選ばれて開く(taro):
    """N-10.7-04, -06: a signed file without a printer in its number, nothing to confirm of paper; one copy only."""
    clerk = desk()
    assert checked(clerk.get(url(taro))) == ["paper"]
    city_decides("issue_output_default", "electronic")
    assert checked(clerk.get(url(taro))) == ["electronic"]
    answer = issue(clerk, taro, output="electronic")
    row = CertificateIssue.objects.get()
    assert row.output == "electronic" and b"/ByteRange" in answer.content and row.certificate_no == "20260410 小樽市 本庁1 　 001"
    issue(clerk, taro, output="paper")
    paper = CertificateIssue.objects.latest("pk")
    listed = visible(clerk.get("/paper/"))
    assert paper.output == "paper" and paper.certificate_no in listed and row.certificate_no not in listed
    assert "電子で渡す写しは1部です" in visible(issue(clerk, taro, 422, output="electronic", copies="2"))
    log = visible(clerk.get("/prints/"))
    assert "ファイル出力" in log.split(row.certificate_no)[0].split(paper.certificate_no)[-1]


def checked(answer) -> list[str]:
    return re.findall(r'name="output" value="([a-z]+)" checked', re.sub(r"\s+", " ", answer.content.decode()))


@pytest.mark.parametrize("wrong", ["0", "11", "二", "-1"])
def test_部数は市が定める数までの数字でなければ交付しない(taro, wrong):
    clerk = desk()
    assert "1から10まで" in visible(issue(clerk, taro, 422, copies=wrong))
    assert not CertificateIssue.objects.exists()


def test_プリンタとトレイを選べば発行番号に入り決まらなければその部分だけが空欄(taro):
    """N-5.5-02, -04, N-10.7-01, -05: two printers, one of them with two trays."""
    city_decides("terminal_printers", [["H01", "プリンタ001", ["上段", "下段"]], ["H01", "プリンタ002", []], ["E01", "プリンタ009", []]])
    clerk = desk()
    page = clerk.get(url(taro)).content.decode()
    offered = re.findall(r'<option value="([^"]*)"', page.split('name="printed_on"')[1].split("</select>")[0])
    assert offered == ["プリンタ001/上段", "プリンタ001/下段", "プリンタ002", "unknown"]
    for choice in ("プリンタ001/下段", "プリンタ002", "unknown"):
        issue(clerk, taro, printed_on=choice)
    first, second, third = (one.certificate_no for one in CertificateIssue.objects.order_by("pk"))
    assert (first, second) == ("20260410 小樽市 本庁1 プリンタ001 001", "20260410 小樽市 本庁1 プリンタ002 002") and third == "20260410 小樽市 本庁1 　 003"
    trays = AuditEntry.objects.filter(action="residents:certificate:issue", detail__has_key="chosen").order_by("id")
    assert [row.detail.get("tray") for row in trays] == ["下段", None, None]
    assert "一覧から選んでください" in visible(issue(clerk, taro, 422, printed_on="プリンタ009"))


TYPED = [
    ("H01 プリンタ001 上段、下段\nH01 プリンタ002", [["H01", "プリンタ001", ["上段", "下段"]], ["H01", "プリンタ002", []]], True),
    ("", [], True),
    ("H01", [["H01", []]], False),
    ("H01 プリンタ001\nH01 プリンタ001 上段", [["H01", "プリンタ001", []], ["H01", "プリンタ001", ["上段"]]], False),
]


@pytest.mark.parametrize(("typed", "read", "fits"), TYPED)
def test_プリンタの設定は端末と番号とトレイを一行に書く(typed, read, fits):
    kind = kinds.Printers()
    assert kind.read([typed]) == read and kind.accepts(read) is fits
    if fits:
        assert kind.read(kind.typed(read)) == read


def test_印刷ログにはプレビューも印刷も全項目が残り発行番号は証明書と同じ(taro):
    """N-10.2-14: who, when, what, where, how many, seal, 個人番号, form, number; nobody of the paper is named."""
    clerk = desk()
    assert clerk.post(url(taro, "look/"), asked(taro, shown=["individual_number"])).status_code == 200
    issue(clerk, taro, shown=["individual_number"])
    number = CertificateIssue.objects.get().certificate_no
    page = visible(clerk.get("/prints/"))
    table = page.split("印刷ログ")[-1]
    printed = table.split("m.mado")[1]
    for said in ("小林　窓子", "本庁1", "住民票の写し", "juminhyo_personal.pdf", "印刷 1枚 あり あり", number):
        assert said in printed, (said, printed)
    assert "プレビュー 0枚 なし なし （発行前）" in table and "花園" not in page
    assert "0件" in visible(clerk.post("/prints/", {"day": "令和8年4月9日"})) and number not in visible(
        clerk.post("/prints/", {"day": "令和8年4月10日", "form": "file"})
    )
    assert clerk.post("/prints/", {"day": "あした"}).status_code == 422


def test_公印を印字しないと市が決めた証明書は印刷ログでも公印なしと示される(taro):
    """N-5.6-02, N-10.2-14: 公印出力の有無 as the paper has it."""
    city_decides("seal_of_juminhyo_personal", "none")
    clerk = desk()
    issue(clerk, taro, shown=["individual_number"])
    assert "印刷 1枚 なし あり" in visible(clerk.get("/prints/")).split("印刷ログ")[-1]


def test_プレビューで見た内容がそのまま印字され見ただけでは何も交付されない(taro, tmp_path):
    """N-10.7-03: every text of the preview stands on the paper, in its order; nothing is issued before."""
    clerk = desk()
    page = clerk.post(url(taro, "look/"), asked(taro, shown=["relationship"]), headers={"HX-Request": "true"}).content.decode()
    assert not CertificateIssue.objects.exists()
    seen = ["".join(re.sub(r"<[^>]+>", "", text).split()) for text in re.findall(r"<dd[^>]*>(.*?)</dd>", page, re.S)]
    paper = "".join("".join(pages_of(issue(clerk, taro, shown=["relationship"]).content, tmp_path)).split())
    assert len(seen) > 10 and "世帯主" in seen and [text for text in seen if text not in paper] == []
