"""まとめて交付 — in order, counted, once each; nobody protected slips in; over the threshold another officer approves, and a list that is parted is counted whole. F-2-17; decision 0052."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from daicho import clock, vault
from daicho.audit.models import AuditEntry
from daicho.certificates.request import Omissible
from daicho.city.models import Certifier
from daicho.numbering.queries import unexplained
from daicho.paper.bundle import papers_in
from daicho.residents.commands import bulk_issue, bulk_work, handing_over
from daicho.residents.commands.bulk_issue import NotOrdered
from daicho.residents.commands.bulk_work import erase, erase_expired, take_file
from daicho.residents.commands.bundles import release_bundle
from daicho.residents.commands.handing_over import Click, Crossed
from daicho.residents.errors import CannotDo
from daicho.residents.models import BulkFile, BulkIssue, CertificateIssue, ExportedFile, IssueStop, Person
from daicho.residents.queries.issue_state import issue_state
from daicho.residents.rules.blocks import Strength
from daicho.vault.errors import ErasedError
from tests.cast import CLERK, EXAMINER, FAMILY, officer
from tests.residents.bulk import JOB, PURPOSE, alone, atena_nos, blocked, ordered, pages_of, worked
from tests.residents.counter import city_decides, move_in_form, register, removed

pytestmark = pytest.mark.django_db
OTHER = officer(4, "別の　職員")


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


def lines(row) -> list[tuple[str, str]]:
    return [(line.state, line.why) for line in row.lines.order_by("place")]


def test_並べた順に一人一通ずつ作られ各頁はその人の写しで期限と登録のあるファイルになる(tmp_path):
    """In order, counted, each page bound to its person; design §6: no file without owner, digest, purpose, entry and expiry."""
    people = alone(3)[::-1]
    city_decides("bulk_file_copies", 2)
    row = ordered(people, shown=frozenset({Omissible.RELATIONSHIP}))
    assert worked() == {"申請": 1, "作成済み": 3, "除外": 0}
    row.refresh_from_db()
    issues = [line.certificate for line in row.lines.order_by("place").select_related("certificate")]
    assert row.state == "done" and [one.subjects.get().person.atena_no for one in issues] == people
    serials = [int(one.certificate_no.split()[-1]) for one in issues]
    assert serials == [1, 2, 3] and {one.issued_by for one in issues} == {CLERK.name} and {one.purpose for one in issues} == {PURPOSE}
    assert {(one.chosen[0], one.fee_yen) for one in issues} == {("relationship", 300)}
    files = list(BulkFile.objects.order_by("file_no").select_related("file"))
    assert [(one.copies, one.pages, one.file.owner, one.file.purpose, one.file.expires_on) for one in files] == [
        (2, 2, CLERK.login, PURPOSE, date(2026, 4, 17)), (1, 1, CLERK.login, PURPOSE, date(2026, 4, 17)),
    ]  # fmt: skip
    click = Click(uuid4(), "asked")
    pdf = take_file(CLERK, row.public_id, 1, click)
    release_bundle(CLERK, click, pdf)
    assert hashlib.sha256(pdf).hexdigest() == files[0].file.digest
    assert [one.stamp for one in papers_in(pdf)] == [issues[0].stamp, issues[1].stamp]
    for page, issue, name in zip(pages_of(pdf, tmp_path), issues, ("一覧　丙子", "一覧　乙子"), strict=False):
        words = "".join(page.split())
        assert "".join(issue.certificate_no.split()) in words and issue.tally in words
        assert [one for one in ("甲子", "乙子", "丙子") if f"一覧{one}" in words] == [name.split("　")[1]]
    index = [(line.file_no, line.first_page) for line in row.lines.order_by("place")]
    assert index == [(1, 1), (1, 2), (2, 1)]
    [alone_in_file] = [take_file(CLERK, row.public_id, 2, Click(uuid4(), "again"))]
    assert hashlib.sha256(alone_in_file).hexdigest() == issues[2].delivered_digest
    told = AuditEntry.objects.filter(action="residents:bulk:issue", detail__step="print").order_by("id").first()
    assert {str(one) for one in told.subjects} == {str(one.subjects.get().person.public_id) for one in issues[:2]}


def test_ほかの請求の束や替わった束は出ずすべてが止まる():
    """The last hop of a file."""
    row = ordered(alone(2))
    worked()
    click = Click(uuid4(), "asked")
    pdf = take_file(CLERK, row.public_id, 1, click)
    with pytest.raises(CannotDo, match="印刷は済んでいます"):
        take_file(CLERK, row.public_id, 1, click)
    for wrong, bytes_, found in (
        (replace(click, request="another"), pdf, ["request"]), (click, pdf.replace(b"/Paper 2", b"/Paper 1"), ["bytes", "stamp"]), (Click(uuid4(), "asked"), pdf, ["record"]),
    ):  # fmt: skip
        with pytest.raises(Crossed):
            release_bundle(CLERK, wrong, bytes_)
        assert IssueStop.objects.latest("pk").found == found
    with pytest.raises(Crossed, match="stands still"):
        release_bundle(CLERK, click, pdf)


def test_抑止のある人は作られず名指しされ世帯に一人でもいればその世帯を作らない():
    """domain §7: nobody protected slips in, whether it stops or only warns; who ordered is told who was left out."""
    taro, hanako, ichiro, jiro = (one.person.public_id for one in register("domestic_move_in", move_in_form(FAMILY)))
    free = alone(1)
    blocked(hanako, Strength.ERROR)
    blocked(ichiro, Strength.ALERT)
    row = ordered([*atena_nos(taro, hanako, ichiro, jiro), *free])
    worked()
    assert [state for state, _ in lines(row)] == ["issued", "left", "left", "issued", "issued"]
    assert all("抑止のある人です" in why for state, why in lines(row) if state == "left")
    assert not CertificateIssue.objects.filter(subjects__person__public_id__in=[hanako, ichiro]).exists()
    households = ordered([*atena_nos(jiro, taro), *free], by_household=True)
    worked()
    assert [state for state, _ in lines(households)] == ["left", "issued"] and "世帯に抑止のある人がいます" in lines(households)[0][1]
    assert households.people == 5  # of the family all four, though one line


def test_世帯ごとには一通で全員が載る(tmp_path):
    people = [one.person.public_id for one in register("domestic_move_in", move_in_form(FAMILY))]
    row = ordered(atena_nos(*people), by_household=True)
    worked()
    [line] = row.lines.all()
    assert line.certificate.whole_household and line.certificate.subjects.count() == 4 and row.people == 4
    [page] = pages_of(take_file(CLERK, row.public_id, 1, Click(uuid4(), "")), tmp_path)
    assert "世帯全員の住民票" in "".join(page.split())


def test_除かれた人や消除された人は理由とともに残りほかの人は作られる():
    gone, stays = alone(2)
    removed(Person.objects.get(atena_no=gone).public_id, date(2026, 4, 9))
    row = ordered([gone, stays])
    worked()
    assert [state for state, _ in lines(row)] == ["left", "issued"] and "消除されています" in lines(row)[0][1]


def limits(own: int, whole: int, days: int = 30) -> None:
    for key, value in (("bulk_people_officer", own), ("bulk_people_city", whole), ("bulk_days", days)):
        city_decides(key, value)


def test_分けて申請しても期間内の合計で承認が要り期間を過ぎれば数えない():
    """F-2-17: counted over a rolling window per officer and for the city, so that splitting does not evade."""
    limits(own=3, whole=5, days=10)
    people = alone(7)
    assert ordered(people[:2]).state == "ready"
    second = ordered(people[2:4])
    assert (second.state, second.counted_officer, second.counted_city) == (
        "waiting",
        2,
        2,
    ) and "申請した職員の直近10日の合計が、この申請を含めて4人" in second.why_approval[0]
    assert ordered(people[4:5], by=OTHER).state == "ready"  # 5 of the city with it
    third = ordered(people[5:6], by=OTHER)
    assert third.state == "waiting" and "市全体" in third.why_approval[0] and len(third.why_approval) == 1
    bulk_issue.withdraw(OTHER, third.public_id, "名簿の誤り")
    worked()
    bulk_issue.decline(EXAMINER, second.public_id, "目的が不明")
    assert ordered(people[5:6], by=OTHER).state == "ready"  # what came to nothing is not counted: 2 + 1 + 1
    with clock.at(clock.now() + timedelta(days=10, seconds=1)):
        fresh = ordered(people[:3])
        assert (fresh.state, fresh.counted_officer, fresh.counted_city) == ("ready", 0, 0)


def test_作った後に取り下げた分は数えられ写しは無効になる():
    """Made and then withdrawn is no way around the count."""
    limits(own=3, whole=9)
    people = alone(4)
    row = ordered(people[:2])
    bulk_work.make_line(JOB, row, row.lines.order_by("place").first().pk)
    bulk_issue.withdraw(CLERK, row.public_id, "やめる")
    [issue] = CertificateIssue.objects.all()
    assert not issue_state(issue).is_valid
    assert worked()["作成済み"] == 0
    after = ordered(people[1:4])
    assert (after.counted_officer, after.state) == (1, "waiting")


def test_承認は申請した職員にはできず承認した人数と期限で作られる():
    limits(own=0, whole=9)
    row = ordered(alone(1))
    assert row.state == "waiting" and worked()["申請"] == 0
    for act in (lambda: bulk_issue.approve(CLERK, row.public_id, 1), lambda: bulk_issue.decline(CLERK, row.public_id, "理由")):
        with pytest.raises(CannotDo, match="自分が申請したもの"):
            act()
    with pytest.raises(CannotDo, match="内容が変わりました"):
        bulk_issue.approve(EXAMINER, row.public_id, 2)
    bulk_issue.approve(EXAMINER, row.public_id, 1)
    with clock.at(clock.now() + timedelta(days=3, seconds=1)):
        assert worked()["作成済み"] == 0
    row.refresh_from_db()
    assert row.state == "withdrawn" and "承認の期限" in row.ended_reason
    again = ordered([row.lines.get().person.atena_no])
    bulk_issue.approve(EXAMINER, again.public_id, 1)
    assert worked()["作成済み"] == 1
    with pytest.raises(CannotDo):
        bulk_issue.approve(EXAMINER, again.public_id, 1)


def test_番号は載せられず名簿の誤りは一つ残らず告げられ何も作られない():
    [known] = alone(1)
    with pytest.raises(NotOrdered) as refused:
        ordered([known, "9999999", "8888888"], shown=frozenset({Omissible.INDIVIDUAL_NUMBER}))
    assert [name for name, _ in refused.value.reasons] == ["people", "people", "shown"] and "2人目" in refused.value.reasons[0][1]
    assert not BulkIssue.objects.exists()


def test_ファイルは印刷の後か期限に消え登録だけが残る():
    row = ordered(alone(1))
    worked()
    [made] = row.files.all()
    erase(CLERK, row.public_id)
    with pytest.raises(ErasedError):
        vault.open_payload(made.payload_ref)
    with pytest.raises(CannotDo):
        take_file(CLERK, row.public_id, 1, Click(uuid4(), ""))
    other = ordered([row.lines.get().person.atena_no])
    worked()
    with clock.at(clock.now() + timedelta(days=7)):
        assert erase_expired(JOB) == 0
    with clock.at(clock.now() + timedelta(days=8)):
        assert erase_expired(JOB) == 1
    other.refresh_from_db()
    assert other.state == "erased" and ExportedFile.objects.count() == 2


def test_交付が止まっている間や認証者がいないときはだれも除外せずに待つ():
    """What would stop everybody is nobody's reason to be left out."""
    row = ordered(alone(2))
    handing_over.stop_issuing(CLERK, uuid4(), ("bytes",))
    with pytest.raises(RuntimeError, match="stands still"):
        worked()
    handing_over.resume(CLERK, EXAMINER, "試験")
    Certifier.objects.update(valid_to=date(2025, 1, 2))
    with pytest.raises(CannotDo):
        worked()
    Certifier.objects.update(valid_to=None)
    assert [state for state, _ in lines(row)] == ["waiting", "waiting"]
    assert worked()["作成済み"] == 2


def test_一通が作れなくてもほかは作られ運用担当者に分かる(monkeypatch):
    row, real, seen = ordered(alone(3)), bulk_work.issue, []

    def stumbling(*arguments, **more):
        seen.append(1)
        if len(seen) == 2:
            raise ValueError("一覧")
        return real(*arguments, **more)

    monkeypatch.setattr(bulk_work, "issue", stumbling)
    with pytest.raises(RuntimeError, match="1 certificates"):
        worked()
    assert [state for state, _ in lines(row)] == ["issued", "left", "issued"] and unexplained("certificate_no") == []
