"""長官通知 — taken in, confirmed by the 処理結果確認票, entered by one officer and examined by another; by hand for 特別永住者. 法30条の50; std 4.5.6."""

from __future__ import annotations

import json
from datetime import date

import pytest

from daicho import audit, clock
from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.outbox.errors import Refused
from daicho.residents.commands import commissioner as commands
from daicho.residents.commands import filings, registering
from daicho.residents.commands.typed import unseal
from daicho.residents.errors import CannotDo
from daicho.residents.models import CivilEvent, CommissionerNotice, Filing, SheetVersion
from daicho.residents.models.immigration import CommissionerState
from daicho.residents.queries.commissioner import get_confirmation, list_commissioner_notices
from daicho.residents.queries.proof import prove
from tests.cast import CLERK, EXAMINER, NGUYEN, STRANGER
from tests.residents.counter import city_decides, visit
from tests.residents.foreigners import LEE, OFFICE, bring, commissioner, ending, moved_in, receive, sheet

pytestmark = pytest.mark.django_db


def through(filing: Filing) -> None:
    """仮登録 with every alert answered, 照合, 本登録."""
    form, definition = unseal(filing.typed), filings.law_of(filing)
    judged = filings.judge(definition, form, filing.visit)
    filings.enter(CLERK, filing.public_id, form, {p.key: "確認した" for p in judged.problems if not p.blocks})
    filings.examine(EXAMINER, filing.public_id)
    registering.register(EXAMINER, filing.public_id)


def states() -> list[str]:
    return [one.row.state for one in list_commissioner_notices(CLERK)]


def test_中長期在留者の通知は操作なしに取り込まれ確認待ちになる():
    """N-4.5.6-03."""
    person = moved_in()
    assert bring(commissioner()).status == "acknowledged"
    [one] = list_commissioner_notices(CLERK)
    assert (one.row.state, one.row.taken_by, one.row.person.public_id) == ("waiting", "長官通知（自動）", person)


def test_特別永住者の分は自動で取り込まれず手で取り込める():
    """N-4.5.6-04, -09: mixed in with another's."""
    moved_in()
    lee = moved_in(LEE, address="色内1丁目3番5号")
    receive(commissioner())
    special = receive(commissioner(notice_no="S1", class_code="2", former_card_no="EF12345678GH", residence_period=None, residence_expiry_on=None))
    assert (special.state, states()) == ("untaken", ["waiting", "untaken"])
    with pytest.raises(CannotDo, match="いまの状態では"):
        commands.confirm(CLERK, visit(), special.public_id, lee)
    assert commands.take_in(CLERK, special.public_id).taken_by == CLERK.name
    through(commands.confirm(CLERK, visit(), special.public_id, lee))
    assert states() == ["waiting"]


def test_自動の取込みは市の設定で止められ手で取り込む():
    """N-4.5.6-07: 一般市区町村任意; not in a 指定都市."""
    from daicho.city.defaults import DEFAULTS

    person = moved_in()
    city_decides("commissioner_notice_automatic", False)
    row = receive(commissioner())
    assert row.state == "untaken"
    commands.take_in(CLERK, row.public_id)
    through(commands.confirm(CLERK, visit(), row.public_id, person))
    assert sheet(person).residence_period == "5年"
    assert DEFAULTS["commissioner_notice_automatic"].must_in_designated_city


def test_通知日にかかわらず未取込と未処理の者が並ぶ():
    """N-4.5.6-08: one of last month, one of today."""
    moved_in(LEE)
    special = {"class_code": "2", "former_card_no": "EF12345678GH", "residence_period": None, "residence_expiry_on": None}
    receive(commissioner(notice_no="OLD", notice_date=date(2026, 3, 2), **special))
    receive(commissioner(notice_no="NEW", notice_date=date(2026, 4, 10), **special))
    assert [(one.row.notice_no, one.row.state) for one in list_commissioner_notices(CLERK)] == [("OLD", "untaken"), ("NEW", "untaken")]


def test_確認票には変更前と変更後が載る():
    """N-4.5.6-05: of what the notice changes, and of nothing else."""
    moved_in()
    row = receive(commissioner())
    found = get_confirmation(CLERK, row.public_id)
    values = {line.entry: (getattr(line.before, line.entry), getattr(line.after, line.entry)) for line in found.lines if line.entry != "residence_card_no"}
    assert values == {"residence_period": ("3年", "5年"), "residence_expiry_date": (date(2028, 4, 30), date(2033, 4, 30))}
    assert found.cards == ("AB12345678CD", "CD87654321EF")
    assert AuditEntry.objects.filter(purpose="出入国在留管理庁長官通知の処理", detail__entry="residence_card_no").exists()


def test_住民票の更新は確認票による確認と審査の後である():
    """N-4.5.6-01, -06; F-1-02: taken in, nothing has changed; confirmed and examined by another, it has."""
    person = moved_in()
    row = receive(commissioner())
    assert (sheet(person).residence_period, sheet(person).history_no) == ("3年", 1)
    filing = commands.confirm(CLERK, visit(), row.public_id, person)
    row.refresh_from_db()
    assert (row.confirmed_by, row.state, sheet(person).residence_period) == (CLERK.name, "waiting", "3年")
    through(filing)
    row.refresh_from_db()
    assert (row.state, row.handled_by, row.event_id) == ("done", EXAMINER.name, CivilEvent.objects.get(code="residence_status_changed").pk)
    assert (sheet(person).residence_period, sheet(person).residence_expiry_date, sheet(person).closed_on) == ("5年", date(2033, 4, 30), None)
    assert sheet(person).foreign_name_alphabet == NGUYEN.texts["foreign_name_alphabet"]
    event = CivilEvent.objects.get(pk=row.event_id)
    assert (event.standard_code, event.basis, event.filed_on) == ("職権修正", "通知", date(2026, 4, 9))
    assert prove().proven


@pytest.mark.parametrize("ground", ["在留資格の取消し", "在留資格変更許可（中長期在留者から法の対象外へ）"])
def test_喪失の通知により住民票が消除され除票になる(ground):
    """N-4.5.6-02."""
    person = moved_in()
    row = receive(ending(ground_text=ground))
    filing = commands.confirm(CLERK, visit(), row.public_id, person)
    filings.save_field(CLERK, filing, None, "ending", "cancelled")
    filing.refresh_from_db()
    through(filing)
    row.refresh_from_db()
    assert (sheet(person).closed_on, sheet(person).removal_reason_code, row.state) == (date(2026, 4, 8), "outside_the_law", "done")
    assert CivilEvent.objects.get(pk=row.event_id).standard_code == "職権消除"
    assert prove().proven


def test_カード番号の前後のどちらの人かわからない通知は検索した人で処理する():
    """Nobody has that number: a clerk finds whom it means; the paper's own day stays."""
    person = moved_in()
    row = receive(commissioner(former_card_no="ZZ00000000ZZ"))
    assert (row.state, row.person_id, get_confirmation(CLERK, row.public_id).lines) == ("waiting", None, ())
    through(commands.confirm(CLERK, visit(), row.public_id, person))
    row.refresh_from_db()
    assert (row.state, row.person.public_id, sheet(person).residence_period) == ("done", person, "5年")


def test_同じ通知の再送は増えず内容が違えば断る():
    moved_in()
    receive(commissioner())
    assert bring(commissioner()).status == "acknowledged" and CommissionerNotice.objects.count() == 1
    reply = bring(commissioner(residence_period="1年"))
    assert (reply.status, reply.code, CommissionerNotice.objects.count()) == ("refused", "reused_number", 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"municipality_code": "011002"}, "another_city"),
        ({"ground_code": "9"}, "ill_formed"),
        ({"class_code": "7"}, "ill_formed"),
        ({"birth_date": "198"}, "ill_formed"),
    ],
)
def test_他市あてと形の違う通知は断る(changes, code):
    with pytest.raises(Refused) as refused:
        receive(commissioner(**changes))
    assert (refused.value.code, CommissionerNotice.objects.count()) == (code, 0)


def test_取消しとした消除は確認待ちに戻らず取下げの後は再び入力できる():
    """One filing at a time; withdrawn, it may be begun again."""
    person = moved_in()
    row = receive(commissioner())
    filing = commands.confirm(CLERK, visit(), row.public_id, person)
    with pytest.raises(CannotDo, match=f"届出番号{filing.filing_no}"):
        commands.confirm(CLERK, visit(), row.public_id, person)
    with pytest.raises(CannotDo, match="先に取り下げて"):
        commands.put_commissioner_notice_aside(CLERK, row.public_id, CommissionerState.HELD, "あとで")
    filings.withdraw(CLERK, filing.public_id, "入力の誤り")
    through(commands.confirm(CLERK, visit(), row.public_id, person))
    row.refresh_from_db()
    assert row.state == "done"


def test_保留と対象なしには理由が要り戻せる():
    moved_in()
    row = receive(commissioner())
    put = commands.put_commissioner_notice_aside
    with pytest.raises(CannotDo, match="理由"):
        put(CLERK, row.public_id, CommissionerState.HELD, " ")
    put(CLERK, row.public_id, CommissionerState.HELD, "本人に確かめる")
    assert states() == ["held"]
    put(CLERK, row.public_id, CommissionerState.SET_ASIDE, "転出済み")
    assert states() == [] and [one.row.note for one in list_commissioner_notices(CLERK, all_states=True)] == ["転出済み"]
    put(CLERK, row.public_id, CommissionerState.WAITING, "やはり対象")
    assert states() == ["waiting"]
    with pytest.raises(CannotDo, match="できません"):
        put(CLERK, row.public_id, CommissionerState.DONE, "x")


def test_未取込のまま対象なしにでき取込みには戻さない():
    moved_in(LEE)
    row = receive(commissioner(class_code="2", former_card_no="EF12345678GH"))
    with pytest.raises(CannotDo, match="先に取り込んで"):
        commands.put_commissioner_notice_aside(CLERK, row.public_id, CommissionerState.HELD, "x")
    commands.put_commissioner_notice_aside(CLERK, row.public_id, CommissionerState.SET_ASIDE, "誤送信")
    assert states() == []


def test_媒体の長官通知も取り込める(tmp_path):
    """N-4.5.6-09: a file of the terminal, a line each; all of it or nothing."""
    moved_in()
    file = tmp_path / "notices.jsonl"
    bad = json.loads(base.encode(commissioner(notice_no="N2", ground_code="9")))
    file.write_text(base.encode(commissioner()).decode() + "\n" + json.dumps(bad) + "\n", "utf-8")
    with pytest.raises(ValueError, match="N2"):
        commands.import_notices(OFFICE, file)
    assert not CommissionerNotice.objects.exists()
    file.write_text(base.encode(commissioner()).decode() + "\n", "utf-8")
    assert (commands.import_notices(OFFICE, file), states()) == (1, ["waiting"])


def test_権限のない者は見ることも処理することもできない():
    """F-1-12."""
    moved_in()
    row = receive(commissioner())
    for act in (
        lambda: list_commissioner_notices(STRANGER), lambda: get_confirmation(STRANGER, row.public_id), lambda: commands.take_in(STRANGER, row.public_id),
        lambda: commands.put_commissioner_notice_aside(STRANGER, row.public_id, CommissionerState.HELD, "x"),
        lambda: receive_as_clerk(),
    ):  # fmt: skip
        with pytest.raises(audit.Refused):
            act()


def receive_as_clerk() -> None:
    commands.receive_commissioner_notice(CLERK, commissioner())


def test_日が過ぎただけでは誰も消除されない():
    """domain §4.3–4.5; 法30条の50: neither the end of a 在留期間 nor the 60 days of 経過滞在."""
    from daicho.jobs import registry
    from daicho.residents.commands.residence_terms import list_ending

    person = moved_in()
    with clock.at(date(2030, 1, 1)):
        list_ending(CLERK)
        for name in ("due_removals", "residence_terms"):
            job = registry.get(name)
            job.run(date(2030, 1, 1), {})
    assert (sheet(person).closed_on, SheetVersion.objects.count()) == (None, 1)
