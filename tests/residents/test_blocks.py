"""抑止 — set, changed, released and lifted by officers; stops 異動, certificates and sight, and is told to whoever issues. 標準仕様3.1, 3.2."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from daicho import audit, clock, vault
from daicho.audit.models import AuditEntry
from daicho.certificates.request import CertificateRequest, Requester
from daicho.city.models import Certifier
from daicho.contracts import base
from daicho.contracts.issue_block_v1 import IssueBlockV1
from daicho.outbox.models import Notice
from daicho.residents.commands import blocks, certificates, filings
from daicho.residents.commands.blocks import BlockForm
from daicho.residents.commands.certificates import Wanted
from daicho.residents.commands.handing_over import NotToBeIssued
from daicho.residents.errors import CannotDo
from daicho.residents.models import Block, BlockTerm, CertificateIssue, Person
from daicho.residents.permissions import Permission, may_know
from daicho.residents.queries.history import history, person_as_of
from daicho.residents.queries.persons import card
from daicho.residents.rules.blocks import BlockKind, Process, Strength, Term
from tests.cast import CLERK, EXAMINER, FAMILY, HANAKO, ICHIRO, TARO, officer
from tests.residents.counter import city_decides, household_form, problems, register, relocation_form, visit
from tests.residents.recording import family_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
INQUIRER = officer(5, "照会　だけ", frozenset({Permission.VISIT_OPEN, Permission.PERSON_SEARCH, Permission.PERSON_READ, Permission.HISTORY_READ}))
STOPPED = Term(Process.CERTIFICATE, Strength.ERROR, TODAY)


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


def block(person: UUID, *terms: Term, whole: bool = False, reason: str = "本人確認待ち", by: audit.Actor = CLERK) -> Block:
    return blocks.set_block(by, person, BlockForm(BlockKind.IDENTITY, reason, terms or (STOPPED,), whole))


def issue(*people: UUID, household_of: UUID | None = None, confirmed: str = "", on: date = TODAY) -> object:
    chosen = frozenset(people) if people else None
    asked_for = household_of or people[0]
    code = "juminhyo_personal" if len(people) == 1 else "juminhyo_household"
    return certificates.issue(CLERK, visit(), Wanted(code, asked_for, chosen), CertificateRequest(on, Requester.SAME_HOUSEHOLD), "提出", confirmed=confirmed)


def refused(*people: UUID, household_of: UUID | None = None) -> str:
    with pytest.raises(NotToBeIssued) as caught:
        issue(*people, household_of=household_of)
    return "".join(message for _, message in caught.value.reasons)


def filed(person: UUID) -> list[tuple[str, bool]]:
    """What a 転居 of this person meets of 抑止."""
    return [(code, stops) for code, _, stops in problems("relocation", relocation_form([person])) if code.startswith("U")]


def told(room: str) -> list[date | None]:
    """What a room was told of blocks, in order."""
    refs = list(Notice.objects.filter(destination=room, kind="issue_block").order_by("order_no").values_list("payload_ref", flat=True))
    found = []
    opened = vault.open_payloads(refs)
    for payload in (opened[ref] for ref in refs):
        message = base.decode("issue_block", 1, json.loads(payload)["body"].encode())
        assert isinstance(message, IssueBlockV1)
        found += [one.prohibited_from for one in message.persons]
    return found


def test_証明書だけの抑止は証明書だけを止め世帯のほかの人には効かない():
    """N-3.1-03, -04, -05: the reason is told to whoever is stopped."""
    taro, hanako, *_ = family_of()
    block(taro)
    assert "発行禁止" in refused(taro)
    assert filed(taro) == []
    assert issue(hanako)
    assert [w.kind for w in card(replace(CLERK, visit_no="1"), taro).marks[taro].blocks] == [BlockKind.IDENTITY]


def test_世帯の抑止は世帯員の全員に効き後から入った人にも効く():
    """N-3.1-06."""
    people = family_of()
    block(people[0], whole=True)
    assert all("発行禁止" in refused(person) for person in people)


def test_三つの水準は順に止まり確かめて進め何もなく進む():
    """N-3.1-07: of certificates and of 異動."""
    taro, hanako, ichiro, _ = family_of()
    for person, strength in ((taro, Strength.ERROR), (hanako, Strength.ALERT), (ichiro, Strength.NONE)):
        block(person, Term(Process.CERTIFICATE, strength, TODAY), Term(Process.FILING, strength, TODAY), Term(Process.BROWSING, Strength.ERROR, TODAY))
    assert [filed(one) for one in (taro, hanako, ichiro)] == [[("U501", True)], [("U601", False)], []]
    assert "発行禁止" in refused(taro)
    assert "確認した内容を入力" in refused(hanako)
    assert issue(hanako, confirmed="本人の旅券で確認")
    assert AuditEntry.objects.filter(action="residents:certificate:issue").latest("pk").detail["confirmed_alert"] == "本人の旅券で確認"
    assert issue(ichiro)


def test_処理ごとの開始日から止まり終了日を過ぎても解除まで止まる():
    """N-3.1-08, -14."""
    [taro] = family_of(TARO)
    block(taro, Term(Process.CERTIFICATE, Strength.ERROR, TODAY, date(2026, 4, 20)), Term(Process.FILING, Strength.ERROR, date(2026, 4, 15)))
    assert filed(taro) == []
    with clock.at(date(2026, 4, 15)):
        assert filed(taro) == [("U501", True)]
    with clock.at(date(2026, 4, 21)):
        assert "発行禁止" in refused(taro)
        blocks.release_block(CLERK, Block.objects.get().public_id, "本人を確認した")
        assert issue(taro, on=date(2026, 4, 21))


def test_一時解除は設定した時間だけ効きほかのシステムには何も知らせない():
    """N-3.1-09, -10, -11: 30分 is the first value of the setting."""
    [taro] = family_of(TARO)
    one = block(taro)
    before = Notice.objects.count()
    lifted = blocks.lift_block(CLERK, one.public_id, "窓口で本人を確認した")
    assert issue(taro)
    assert Notice.objects.count() == before
    assert lifted.until - lifted.decided_at == timedelta(minutes=30)
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert "発行禁止" in refused(taro)
    assert Block.objects.get().released_at is None


def test_抑止に戻るまでの時間は市が変えられる():
    """N-3.1-12: 30分 → 10分; 11分後には抑止に戻っている."""
    [taro] = family_of(TARO)
    city_decides("block_lift_minutes", 10)
    blocks.lift_block(CLERK, block(taro).public_id, "本人を確認した")
    with clock.at(clock.now() + timedelta(minutes=9)):
        assert issue(taro)
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert "発行禁止" in refused(taro)


def test_設定と解除はどの発行システムにも順に知らされ同じことは二度知らされない():
    """N-3.1-16, -18, -19, N-3.2-01."""
    [taro] = family_of(TARO)
    one, other = block(taro), block(taro, reason="戸籍の照会中")
    for room in ("konbini", "juki_net", "atena", "transfers"):
        assert told(room) == [TODAY]
    blocks.release_block(CLERK, one.public_id, "確認した")
    assert told("konbini") == [TODAY]  # the other still stands (N-3.1-16)
    blocks.release_block(CLERK, other.public_id, "確認した")
    for room in ("konbini", "juki_net", "atena", "transfers"):
        assert told(room) == [TODAY, None]


def test_設定と解除の権限と一時解除の権限は別():
    """N-3.1-13."""
    [taro] = family_of(TARO)
    one = block(taro)
    lifter = officer(6, "一時　解除", frozenset({Permission.BLOCK_LIFT}))
    assert blocks.lift_block(lifter, one.public_id, "本人を確認した").until
    with pytest.raises(audit.Refused):
        blocks.release_block(lifter, one.public_id, "確認した")
    with pytest.raises(audit.Refused):
        block(taro, by=lifter)


def test_変更すると変更前の内容は履歴に残る():
    """N-1.1.1-31, N-1.1.2-42: 抑止フラグ is set, kept and changed, and both values are read from the history."""
    [taro] = family_of(TARO)
    one = block(taro, STOPPED, Term(Process.FILING, Strength.ALERT, TODAY))
    blocks.change_block(EXAMINER, one.public_id, [Term(Process.CERTIFICATE, Strength.ALERT, TODAY), Term(Process.FILING, Strength.ALERT, TODAY)])
    kept = BlockTerm.objects.filter(block=one, process="certificate").order_by("pk").values_list("strength", "recorded_by")
    assert list(kept) == [("error", CLERK.name), ("alert", EXAMINER.name)]
    assert issue(taro, confirmed="確認した")


def test_理由のない抑止と解除はできない():
    [taro] = family_of(TARO)
    with pytest.raises(blocks.NotAsTyped) as caught:
        block(taro, Term(Process.CERTIFICATE, Strength.NONE, TODAY), reason=" ")
    assert [field for field, _ in caught.value.faults] == ["reason", "strength_certificate"]
    one = block(taro)
    with pytest.raises(CannotDo, match="解除の理由"):
        blocks.release_block(CLERK, one.public_id, "")
    assert Block.objects.count() == 1 and Block.objects.get().released_at is None


HIDDEN = Term(Process.INQUIRY, Strength.ERROR, TODAY)


def test_照会が抑止された人は見る権限のない職員にはいないのと同じ():
    """domain §7: the same answer as for an id that nobody has; and the household is without them."""
    taro, hanako, *_ = family_of()
    viewer = replace(INQUIRER, visit_no="1")
    assert not may_know(viewer) and card(viewer, hanako)
    block(hanako, HIDDEN)
    for ask in (card, history, lambda actor, person: person_as_of(actor, person, TODAY)):
        for person in (hanako, uuid4()):
            with pytest.raises(Http404):
                ask(viewer, person)
    assert [one.public_id for one in card(viewer, taro).household] == [str(p) for p in (taro, *family_ids()[2:])]
    assert len(person_as_of(viewer, taro, TODAY).household) == 3
    assert card(replace(CLERK, visit_no="1"), hanako).marks[hanako].blocks


def family_ids() -> list[UUID]:
    return list(Person.objects.order_by("pk").values_list("public_id", flat=True))


def test_世帯主が見えないときは世帯主氏名も見えない():
    """domain §7: a copy of the name is the name."""
    taro, hanako, *_ = family_of()
    block(taro, HIDDEN)
    seen = card(replace(INQUIRER, visit_no="1"), hanako)
    assert {one.entries.householder_name for one in (seen.sheet, *seen.household)} == {None}
    assert card(replace(CLERK, visit_no="1"), hanako).sheet.entries.householder_name == TARO.name


def test_抑止された世帯から出た人は抑止が解けたと知らされる():
    """N-3.1-06, -18: of a household's block those who come and go."""
    people = family_of(TARO, HANAKO, ICHIRO)
    block(people[0], whole=True)
    assert told("konbini") == [TODAY] * 3
    register("household_split", household_form([people[2]], ["世帯主"]))
    assert told("konbini") == [TODAY] * 3 + [None]
    assert issue(people[2])


def test_ほかの職員が入力中の人の異動は止まり閲覧はでき終われば解ける():
    """N-3.1-02: 佐藤が入力中に鈴木が入力する."""
    [taro] = family_of(TARO)
    form = relocation_form([taro], effective_on="令和8年4月9日", filed_on="令和8年4月10日")
    first = filings.start(CLERK, visit(CLERK), "relocation", form)
    second = filings.start(EXAMINER, visit(EXAMINER), "relocation", form)
    overrides = {p.key: "確認した" for p in filings.judge(filings.definition_of("relocation"), form, second.visit).problems}
    found = filings.enter(EXAMINER, second.public_id, form, overrides)
    assert [(p.code, CLERK.name in p.message) for p in found.standing(overrides)] == [("U502", True)]
    assert card(replace(EXAMINER, visit_no="2"), taro)
    filings.withdraw(CLERK, first.public_id, "")
    assert not filings.enter(EXAMINER, second.public_id, form, overrides).standing(overrides)


def test_世帯全員の写しは抑止された人を初めから除き名指せば断る():
    """domain §7 事故の型1; N-3.4-02."""
    taro, hanako, *others = family_of()
    block(hanako)
    assert issue(household_of=taro)
    assert CertificateIssue.objects.latest("pk").whole_household is False
    assert set(CertificateIssue.objects.latest("pk").subjects.values_list("person__public_id", flat=True)) == {taro, *others}
    assert "2人目：この人には発行禁止" in refused(taro, hanako, *others)
    assert len(FAMILY) == 4


def test_誰も書き忘れても最後の戸が見せない(monkeypatch: pytest.MonkeyPatch):
    """The guard of every reading stands behind the queries (queries/sight.py): with the filter of one taken away, nobody is shown."""
    from daicho.residents.queries import persons

    [taro] = family_of(TARO)
    block(taro, HIDDEN)
    monkeypatch.setattr(persons, "hidden_from", lambda actor: [])
    with pytest.raises(Http404):
        card(replace(INQUIRER, visit_no="1"), taro)
