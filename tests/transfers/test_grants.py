"""移転許可 — entered by one officer, approved by another, dated, revoked; never in force without approval. F-1-41; D-R1, D-R3, D-R5, H-03, H-16."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from daicho import audit, clock
from daicho.transfers.commands import grants
from daicho.transfers.commands.errors import TransferRefused
from daicho.transfers.models import Department, FeedPosition, TransferGrant
from daicho.transfers.queries.departments import departments_on, names_on
from daicho.transfers.queries.in_force import find_grant, grants_in_force
from daicho.transfers.rules.grants import Direction, first_departments, offered
from daicho.transfers.rules.proposals import proposal_problems
from daicho.transfers.rules.scope import Scope
from tests.transfers.city_hall import APPROVER, NOBODY, PROPOSER, TODAY, departments, granted, proposal

pytestmark = pytest.mark.django_db


def in_force(day: date = TODAY) -> list[int]:
    return [grant.no for grant in grants_in_force(Direction.READ, day)]


def refusal(act) -> list[str]:
    with pytest.raises(TransferRefused) as refused, transaction.atomic():
        act()
    return [problem.message for problem in refused.value.problems]


def test_承認されるまで有効にならない():
    """D-R1, F-1-41."""
    departments()
    row = grants.propose(PROPOSER, proposal())
    assert in_force() == []
    grants.approve(APPROVER, row.pk)
    assert in_force() == [row.pk]


def test_申請した職員は承認できない():
    """F-1-41: approval by another; the database holds it as well."""
    departments()
    row = grants.propose(PROPOSER, proposal())
    assert "ほかの職員が承認" in refusal(lambda: grants.approve(PROPOSER, row.pk))[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        TransferGrant.objects.filter(pk=row.pk).update(approved_by_id_no=PROPOSER.account_id, approved_at=clock.now())
    assert in_force() == []


@pytest.mark.parametrize("act", [lambda no: grants.approve(NOBODY, no), lambda no: grants.decline(NOBODY, no, "x"), lambda no: grants.revoke(NOBODY, no, "x")])
def test_移転元管理者の権限がなければ承認も却下も取消しもできない(act):
    """F-1-41: by the 移転元管理者 only."""
    departments()
    row = grants.propose(PROPOSER, proposal())
    with pytest.raises(audit.Refused):
        act(row.pk)
    assert in_force() == []


def test_申請の権限がなければ申請できない():
    departments()
    with pytest.raises(audit.Refused):
        grants.propose(NOBODY, proposal())


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"department_code": "9999"}, "department_code", "登録されていません"),
        ({"purpose_code": "5"}, "purpose_code", "3文字"),
        ({"purpose_ja": " "}, "purpose_ja", "用途"),
        ({"request_reference": ""}, "request_reference", "利用依頼"),
        ({"basis_code": "resident_act_7_10"}, "basis_code", "法的根拠"),
        ({"basis_code": "number_act_9_1_first_table"}, "basis_code", "開始日には根拠にできません"),
        ({"items": ()}, "items", "1つ以上"),
        ({"items": ("name_kanji", "individual_number")}, "items", "移転又は書戻しのできない項目"),
        ({"items": ("nhi_qualified_flag",)}, "items", "移転又は書戻しのできない項目"),
        ({"scope": "everybody"}, "scope", "範囲"),
        ({"method": "daily"}, "method", "タイミング"),
        ({"valid_from": date(2026, 4, 9)}, "valid_from", "過ぎています"),
        ({"valid_to": date(2026, 4, 9)}, "valid_to", "開始日より前"),
        ({"requested_on": date(2026, 4, 11)}, "requested_on", "本日より後"),
    ],
)
def test_申請の誤りは理由とともに断る(changes, field, said):
    """D-R1, D-R2, H-03."""
    departments()
    with pytest.raises(TransferRefused) as refused:
        grants.propose(PROPOSER, proposal(**changes))
    [problem] = refused.value.problems
    assert problem.field == field
    assert said in problem.message


def test_誤りはすべて一度に返る():
    departments()
    with pytest.raises(TransferRefused) as refused:
        grants.propose(PROPOSER, proposal(items=(), method="", request_reference=""))
    assert [problem.field for problem in refused.value.problems] == ["request_reference", "items", "method"]


def test_改正前の根拠は改正前の移転にだけ使える():
    """H-02, H-03: legal basis is data with validity; judged by the day on which the grant begins."""
    old = proposal(basis_code="number_act_9_1_first_table", valid_from=date(2024, 4, 1), valid_to=date(2024, 5, 26), requested_on=date(2024, 4, 1))
    assert proposal_problems(old, {"1301"}, date(2024, 4, 1)) == ()
    too_long = replace(old, valid_to=date(2025, 3, 31))
    assert [problem.code for problem in proposal_problems(too_long, {"1301"}, date(2024, 4, 1))] == ["T012"]


def test_書戻しは住民だけを対象に個別記載事項だけを許可できる():
    """D-R6: a grant to write is apart from a grant to read."""
    departments()
    for changes in ({"items": ("address",)}, {"scope": Scope.FILE_ONE}):
        with pytest.raises(TransferRefused):
            grants.propose(PROPOSER, proposal("W01", Direction.WRITE, **changes))
    granted("W01", Direction.WRITE)
    assert find_grant("1301", "W01", Direction.WRITE, TODAY) is not None
    assert find_grant("1301", "W01", Direction.READ, TODAY) is None
    assert in_force() == []


def test_新しい許可は前の許可を前日で終わらせ履歴は残る():
    """H-16: a change is a new dated row."""
    old = granted()
    new = granted(items=("name_kanji", "address"), valid_from=date(2026, 5, 1))
    assert (in_force(), in_force(date(2026, 4, 30)), in_force(date(2026, 5, 1))) == ([old.pk], [old.pk], [new.pk])
    old.refresh_from_db()
    assert (old.valid_to, old.items) == (date(2026, 4, 30), list(proposal().items))


def test_後から始まる許可があれば前に割り込めない():
    granted(valid_from=date(2026, 5, 1))
    row = grants.propose(PROPOSER, proposal(valid_from=date(2026, 4, 20)))
    assert "後の日から承認されています" in refusal(lambda: grants.approve(APPROVER, row.pk))[0]


def test_開始日が過ぎた申請は承認できない():
    departments()
    row = grants.propose(PROPOSER, proposal())
    with clock.at(date(2026, 4, 11)):
        assert "過去の移転" in refusal(lambda: grants.approve(APPROVER, row.pk))[0]


def test_却下した申請は承認できず理由が残る():
    departments()
    row = grants.propose(PROPOSER, proposal())
    assert refusal(lambda: grants.decline(APPROVER, row.pk, " ")) == ["理由を入力してください。"]
    assert grants.decline(APPROVER, row.pk, "根拠が条例による事務").end_reason == "根拠が条例による事務"
    assert "すでに承認又は却下" in refusal(lambda: grants.approve(APPROVER, row.pk))[0]


def test_取り消せばその時から有効でない():
    """D-R1."""
    row = granted()
    grants.revoke(APPROVER, row.pk, "事務の移管")
    assert in_force() == []
    assert "すでに終わっています" in refusal(lambda: grants.revoke(APPROVER, row.pk, "もう一度"))[0]


def test_最終日を決めて取り消せば翌日から有効でない():
    row = granted()
    grants.revoke(APPROVER, row.pk, "事務の移管", date(2026, 4, 30))
    assert (in_force(date(2026, 4, 30)), in_force(date(2026, 5, 1))) == ([row.pk], [])
    assert "後です" in refusal(lambda: grants.revoke(APPROVER, row.pk, "延長", date(2026, 5, 31)))[0]
    assert "本日より前" in refusal(lambda: grants.revoke(APPROVER, row.pk, "過去", date(2026, 4, 9)))[0]


def test_事務は課を移っても許可の履歴は課ごとに残る():
    """H-16: 新生児の保健指導 moved from 健康増進課 to こども家庭課."""
    old = granted("022", department_code="1601")
    grants.revoke(APPROVER, old.pk, "組織改正", date(2026, 4, 30))
    new = granted("022", valid_from=date(2026, 5, 1))
    assert [(grant.no, grant.department_code) for grant in grants_in_force(Direction.READ, TODAY)] == [(old.pk, "1601")]
    assert [(grant.no, grant.department_code) for grant in grants_in_force(Direction.READ, date(2026, 5, 1))] == [(new.pk, "1403")]


def test_移転先は符号で指し名称と番号は日付で変わる():
    """D-R3, H-16: renamed and renumbered; grants stay as they are."""
    row = granted()
    grants.register_department(PROPOSER, "1301", "健康保険部\u3000国保年金課", date(2026, 7, 1), "3")
    assert [names_on(day)["1301"] for day in (TODAY, date(2026, 7, 1))] == ["福祉保険部\u3000保険年金課", "健康保険部\u3000国保年金課"]
    assert [one.transfer_no for day in (TODAY, date(2026, 7, 1)) for one in departments_on(day) if one.code == "1301"] == ["4", "3"]
    assert in_force(date(2026, 7, 1)) == [row.pk]
    assert Department.objects.filter(code="1301").count() == 2


@pytest.mark.parametrize(
    ("code", "name", "day", "said"), [("13", "課", TODAY, "4桁"), ("1301", " ", TODAY, "名称"), ("1301", "課", date(2020, 1, 1), "後から始まる")]
)
def test_移転先の誤った登録は断る(code, name, day, said):
    departments()
    assert said in refusal(lambda: grants.register_department(PROPOSER, code, name, day))[0]


def test_準リアルタイムの許可は承認の時から変わった者を数える():
    """標準7.2.3."""
    assert not FeedPosition.objects.filter(grant=granted()).exists()
    assert FeedPosition.objects.filter(grant=granted("001", method="within_ten_minutes")).exists()


COUNTS = {
    "0401": 2,
    "0402": 1,
    "0403": 1,
    "1301": 4,
    "1302": 1,
    "1303": 3,
    "1401": 2,
    "1402": 7,
    "1403": 6,
    "1304": 8,
    "1305": 2,
    "1501": 2,
    "1601": 4,
    "1602": 4,
    "1701": 1,
}


def test_評価書の十五の移転先と用途がすべて申請の候補にある():
    """D-01, D-02, D-03, D-04, D-05, D-06, D-07, D-08, D-09, D-10, D-11, D-12, D-13, D-14, D-15; G-25."""
    found: dict[str, int] = {}
    for one in offered():
        if one.direction == "read":
            found[one.department_code] = found.get(one.department_code, 0) + 1
    assert found == COUNTS
    assert [int(one.transfer_no) for one in first_departments() if one.transfer_no] == list(range(1, 16))


@pytest.mark.parametrize("one", offered(), ids=lambda one: f"{one.department_code}-{one.purpose_code}")
def test_候補はそのまま申請でき項目が列挙されている(one):
    """D-01…D-15; D-R2: the set must be listed."""
    asked = replace(proposal(one.purpose_code, one.direction), items=one.items)
    assert proposal_problems(asked, {one.department_code}, TODAY) == ()
    assert {"name_kanji", "birth_date", "sex_code", "address"} <= set(one.items) or one.direction == "write"


def test_根拠を確かめるべき候補には注意がある():
    """D-R5: 福祉医療の助成 is cited under 別表, though such aid is normally a 条例 affair (9条2項)."""
    assert [one.purpose_ja for one in offered() if one.caution] == ["福祉医療の助成に関する事務"]
    departments()
    by_ordinance = grants.propose(PROPOSER, proposal("021", basis_code="number_act_9_2_ordinance"))
    assert by_ordinance.basis_code == "number_act_9_2_ordinance"


def test_書戻しの候補は課ごとの個別記載事項である():
    """D-R6, G-26: 30–34, 37–42, 47–49 by 保険年金課; 44–46; 35, 36; 43."""
    from daicho.transfers.rules.layouts import ENTRY, layout

    writes = {one.purpose_code: (one.department_code, set(one.items)) for one in offered() if one.direction == "write"}
    assert {code: department for code, (department, _) in writes.items()} == {
        "W01": "1301",
        "W02": "1301",
        "W03": "1301",
        "W04": "1302",
        "W05": "1402",
        "W06": "1801",
    }
    assert set().union(*(items for _, items in writes.values())) == {name for name, item in layout(ENTRY).items() if not item.required}
