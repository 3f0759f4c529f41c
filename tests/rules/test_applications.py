"""交付請求の規則 — what each kind of request must state and show, how it goes on, what was approved. 住民基本台帳法第12条–第12条の3."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho.residents.rules.application_allowed import BY_LIST, Allowed, Copy, check_approval, check_copy, is_used_up, must_be_another
from daicho.residents.rules.application_states import CLOSED, Course, State, Step, StepKind, in_order, refusal, standing_of
from daicho.residents.rules.applications import Ground, Stated, StatedLine, StatedSubject, Way, what_is_missing
from daicho.residents.rules.money_orders import AMOUNTS_YEN, MoneyOrder, balance, check_order, missing_fee
from daicho.residents.rules.representation import Asker, check_ages, check_authority

ONE = (StatedSubject("坂の上　一郎", "小樽市花園2丁目12番1号"),)
COPY = (StatedLine("juminhyo_personal", 1),)
TODAY = date(2026, 4, 10)

BY_MAIL = Stated(
    Ground.OWN, Way.MAIL, standing="self", requester_name="坂の上　一郎", requester_address="小樽市花園2丁目12番1号", identity=("driving_licence",),
    subjects=ONE, lines=COPY, return_to="小樽市花園2丁目12番1号　坂の上一郎", return_check="residence", has_envelope="yes",
)  # fmt: skip
OFFICE = Stated(
    Ground.OFFICIAL, Way.COUNTER, organisation="札幌国税局", bearer_title="徴収官", bearer_name="国税　太郎", identity=("staff_id",),
    law="国税徴収法第146条の2", purpose="滞納者の居所の確認", subjects=ONE, lines=COPY,
)  # fmt: skip
CREDITOR = Stated(
    Ground.THIRD_PARTY, Way.COUNTER, requester_name="株式会社坂の上信販", organisation="株式会社坂の上信販", representative="坂の上　二郎",
    requester_address="札幌市中央区南一条西一丁目1番地", bearer_name="担当　三郎", bearer_address="札幌市中央区南一条西一丁目1番地",
    bearer_link="employee", identity=("driving_licence",), claim="right_or_duty", purpose="貸金の返還を求める訴えのため", evidence="金銭消費貸借契約書の写し",
    subjects=ONE, lines=COPY,
)  # fmt: skip
LAWYER = Stated(
    Ground.PROFESSIONAL, Way.COUNTER, profession="attorney", form_no="A123456", requester_name="弁護　士郎", organisation="弁護法律事務所",
    requester_address="札幌市中央区大通西一丁目1番地", identity=("member_card",), task="貸金返還請求の訴訟代理", client="坂の上信販", purpose="訴状の送達先の確認",
    subjects=ONE, lines=COPY,
)  # fmt: skip
COMPLETE = [BY_MAIL, OFFICE, CREDITOR, LAWYER]


def missing(stated: Stated) -> dict[str, str]:
    return dict(what_is_missing(stated))


@pytest.mark.parametrize("stated", COMPLETE, ids=lambda each: each.ground)
def test_法の求める事項がそろった請求には足りないものがない(stated: Stated):
    assert missing(stated) == {}


EACH_NEEDED = [
    (BY_MAIL, "requester_name", "法第12条第2項"), (BY_MAIL, "requester_address", "法第12条第2項"), (BY_MAIL, "identity", "法第12条第3項"),
    (BY_MAIL, "subjects", "法第12条第2項第3号"), (BY_MAIL, "return_to", "法第12条第7項"), (BY_MAIL, "has_envelope", "法第12条第7項"),
    (OFFICE, "organisation", "法第12条の2第2項第1号"), (OFFICE, "bearer_title", "法第12条の2第2項第2号"), (OFFICE, "identity", "法第12条の2第3項"),
    (OFFICE, "law", "法第12条の2第1項"), (OFFICE, "purpose", "法第12条の2第2項第4号"), (OFFICE, "subjects", "法第12条の2第2項第3号"),
    (CREDITOR, "representative", "法第12条の3第4項第1号"), (CREDITOR, "bearer_name", "法第12条の3第4項第2号"),
    (CREDITOR, "bearer_link", "法第12条の3第6項"), (CREDITOR, "identity", "法第12条の3第5項"), (CREDITOR, "claim", "法第12条の3第1項"),
    (CREDITOR, "purpose", "法第12条の3第4項第4号"), (CREDITOR, "evidence", "法第12条の3第1項"), (CREDITOR, "subjects", "法第12条の3第4項第3号"),
    (LAWYER, "profession", "法第12条の3第4項第5号"), (LAWYER, "form_no", "法第12条の3第2項"), (LAWYER, "identity", "法第12条の3第5項"),
    (LAWYER, "task", "法第12条の3第4項第5号"), (LAWYER, "client", "法第12条の3第4項第5号"), (LAWYER, "purpose", "法第12条の3第4項第4号"),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "field", "article"), EACH_NEEDED, ids=lambda each: getattr(each, "ground", each))
def test_明らかにすべき事項が一つ欠ければその条項を挙げて求める(stated: Stated, field: str, article: str):
    """Each alone, and nothing but it: taking one away from a complete paper is told once, with its article."""
    lacking = replace(stated, **{field: () if isinstance(getattr(stated, field), tuple) else ""})
    found = what_is_missing(lacking)
    assert [article in message for _, message in found] == [True], found
    assert all(message.endswith("。") for _, message in found)


def test_足りないものは一度に全部示す():
    empty = Stated(Ground.THIRD_PARTY, Way.MAIL)
    fields = [field for field, _ in what_is_missing(empty)]
    assert set(fields) >= {
        "requester_name", "requester_address", "identity", "claim", "purpose", "evidence", "subject1_name", "kind1", "return_to", "has_envelope",
    }  # fmt: skip


def test_犯罪捜査などで請求事由を明らかにできないときは根拠の法令だけで足りる():
    """法12条の2第2項4号."""
    assert missing(replace(OFFICE, purpose="", is_withheld="yes")) == {}
    assert "law" in missing(replace(OFFICE, purpose="", is_withheld="yes", law=""))


def test_公用請求だけは対象者を添付の一覧で示せ一覧の人は通数の限りで交付できる():
    """法12条の2; for まとめて交付: nobody else's request may name people so."""
    assert missing(replace(OFFICE, subjects=(), by_list="yes")) == {}
    assert "subject1_name" in missing(replace(CREDITOR, subjects=(), by_list="yes"))
    listed = Allowed(frozenset({BY_LIST}), {"juminhyo_personal": 2}, frozenset(), TODAY)
    copy = Copy("juminhyo_personal", frozenset({"anybody"}), frozenset(), NAMES)
    assert check_copy(listed, {"juminhyo_personal": 1}, copy, TODAY) == () and check_copy(listed, {"juminhyo_personal": 2}, copy, TODAY)
    assert check_approval(replace(listed, people=frozenset({"taro"})), listed, TODAY)


@pytest.mark.parametrize(
    ("used", "to_come", "copies", "said"),
    [
        (0, 0, 3, ""), (1, 0, 2, ""), (1, 1, 1, ""), (0, 0, 4, "残りは3通ですが、この一覧では4通になります。"),
        (1, 1, 2, "残りは1通ですが、この一覧では2通になります（ほかに1通が作成を待っています）。"), (3, 0, 1, "すべて交付しました"), (0, 3, 1, "残りは0通"),
    ],
)  # fmt: skip
def test_一覧の申請は交付した分と作成を待つ分を合わせて認めた通数までである(used: int, to_come: int, copies: int, said: str):
    """法12条の2; decision 0052: an order beyond it is told as a whole, not copy by copy."""
    listed = Allowed(frozenset({BY_LIST}), {"juminhyo_personal": 3}, frozenset(), TODAY)
    copy = Copy("juminhyo_personal", frozenset({"anybody"}), frozenset(), NAMES)
    found = check_copy(listed, {"juminhyo_personal": used}, copy, TODAY, copies, to_come)
    assert [said in message for _, message in found] == ([True] if said else [])


def test_紛争処理の代理業務では依頼者の氏名を省ける():
    """法12条の3第4項5号."""
    assert missing(replace(LAWYER, client="", is_dispute="yes")) == {}


@pytest.mark.parametrize("stated", [OFFICE, CREDITOR, LAWYER], ids=lambda each: each.ground)
@pytest.mark.parametrize("number", ["individual_number", "juminhyo_code"])
def test_本人等でない請求に個人番号と住民票コードは載せられない(stated: Stated, number: str):
    assert "個人番号と住民票コードは" in missing(replace(stated, shown=(number,), beyond_basic="必要"))["shown"]


def test_第三者に基礎証明事項のほかを載せるには理由が要り公用請求には要らない():
    """法12条の3第7項: 本籍, 続柄; 氏名 and 住所 are basic."""
    assert "beyond_basic" in missing(replace(CREDITOR, shown=("registered_domicile",)))
    assert missing(replace(CREDITOR, shown=("registered_domicile",), beyond_basic="相続人の特定のため")) == {}
    assert missing(replace(CREDITOR, shown=("name", "address", "previous_address"))) == {}
    assert missing(replace(OFFICE, shown=("registered_domicile",))) == {}


def test_住所のほかへ返送するときは確かめた内容を記録する():
    assert list(missing(replace(BY_MAIL, return_check="checked"))) == ["return_note"]
    assert missing(replace(BY_MAIL, return_check="checked", return_note="施設の入所証明書で確認")) == {}


@pytest.mark.parametrize(
    ("standing", "authority", "note", "found"),
    [
        ("self", "", "", []),
        ("agent", "", "", ["authority"]),
        ("agent", "parent", "戸籍", ["authority"]),
        ("agent", "mandate", "", ["authority_note"]),
        ("agent", "mandate", "花園太郎の委任状（令和8年4月1日）", []),
        ("legal_representative", "mandate", "委任状", ["authority"]),
        ("legal_representative", "guardian_of_adult", "登記事項証明書（令和8年3月20日）", []),
    ],
)
def test_代理人は権限を示す書類を示す(standing: str, authority: str, note: str, found: list[str]):
    """法12条4項: 任意代理人 by 委任状, 法定代理人 by 戸籍 or 登記事項証明書; what it said is kept."""
    assert [field for field, _ in check_authority(standing, authority, note)] == found


@pytest.mark.parametrize(
    ("asker", "ages", "stopped"),
    [
        (Asker("self"), [14], True),
        (Asker("self"), [15], False),
        (Asker("self"), [10, 40], False),
        (Asker("same_household"), [10], False),
        (Asker("legal_representative", "parent"), [17], False),
        (Asker("legal_representative", "parent"), [18], True),
        (Asker("legal_representative", "guardian_of_adult"), [80], False),
        (Asker("self"), [None], False),
        (Asker("third_party"), [10], False),
    ],
)
def test_15歳未満は一人で請求できず親権者は18歳になった子の請求をできない(asker: Asker, ages: list[int | None], stopped: bool):
    """法12条; 民法4条, 818条: on the day before the birthday one more year is over (daicho/values/ages.py)."""
    assert bool(list(check_ages(asker, ages, 15))) is stopped


def course(**more: object) -> Course:
    base = {"received_on": TODAY, "steps": (), "lacks": False, "is_found": True}
    return Course(**{**base, **more})  # type: ignore[arg-type]


ASKED = Step(StepKind.ASKED, TODAY + timedelta(1), TODAY + timedelta(15))
COURSES = [
    (course(is_found=False), State.RECEIVED, TODAY + timedelta(3)),
    (course(lacks=True), State.LACKING, TODAY + timedelta(3)),
    (course(lacks=True, steps=(ASKED,)), State.ASKING, TODAY + timedelta(15)),
    (course(lacks=True, steps=(ASKED, Step(StepKind.ANSWERED, TODAY + timedelta(4)))), State.LACKING, TODAY + timedelta(3)),
    (course(), State.EXAMINING, TODAY + timedelta(3)),
    (course(approved=True, valid_until=TODAY + timedelta(30)), State.APPROVED, TODAY + timedelta(30)),
    (course(approved=True, valid_until=TODAY - timedelta(1)), State.EXPIRED, TODAY - timedelta(1)),
    (course(approved=True, valid_until=TODAY + timedelta(30), used_up=True), State.ISSUED, None),
    (course(approved=False), State.REFUSED, None),
    (course(approved=True, valid_until=TODAY, steps=(Step(StepKind.SENT, TODAY),)), State.ISSUED, None),
    (course(approved=True, valid_until=TODAY, steps=(Step(StepKind.SENT, TODAY), Step(StepKind.CAME_BACK, TODAY))), State.CAME_BACK, TODAY),
    (course(lacks=True, steps=(Step(StepKind.RETURNED, TODAY),)), State.RETURNED, None),
    (course(lacks=True, steps=(Step(StepKind.WITHDRAWN, TODAY),)), State.WITHDRAWN, None),
]


@pytest.mark.parametrize(("given", "state", "due_on"), COURSES, ids=lambda each: each.value if isinstance(each, State) else "")
def test_郵送請求の状態と次の期限(given: Course, state: State, due_on: date | None):
    """受付 → 不足あり → 照会中 → 審査 → 交付済・返戻・取下げ."""
    found = standing_of(given, TODAY)
    assert (found.state, found.due_on) == (state, due_on)


def test_催促の日が近い順に並び待つもののない請求は最後になる():
    standings = [standing_of(given, TODAY) for given, _, _ in COURSES]
    order = in_order(standings)
    dues = [standings[place].due_on for place in order]
    known = [due for due in dues if due is not None]
    assert known == sorted(known) and dues[len(known) :] == [None] * (len(dues) - len(known))


def test_終わった請求と認められていない発送は記録できない():
    for given, state, _ in COURSES:
        asks = refusal(given, StepKind.ASKED, TODAY + timedelta(20), TODAY + timedelta(20))
        assert bool(asks) or state not in CLOSED, state
        sends = refusal(given, StepKind.SENT, TODAY + timedelta(20), TODAY + timedelta(20))
        assert bool(sends) is (state in (State.RECEIVED, State.LACKING, State.ASKING, State.EXAMINING, State.REFUSED, State.RETURNED, State.WITHDRAWN)), state
    assert "本日より後" in refusal(course(), StepKind.WITHDRAWN, TODAY + timedelta(1), TODAY)


ALLOWED = Allowed(frozenset({"taro"}), {"juminhyo_personal": 2}, frozenset({"relationship"}), TODAY)
NAMES = {"juminhyo_personal": "住民票の写し", "juminhyo_household": "連記式", "relationship": "続柄", "registered_domicile": "本籍"}


@pytest.mark.parametrize(
    ("used", "more", "on", "refused"),
    [
        (0, {}, TODAY, []),
        (1, {"shown": frozenset({"relationship"})}, TODAY, []),
        (2, {}, TODAY, ["certificate"]),
        (0, {"kind": "juminhyo_household"}, TODAY, ["certificate"]),
        (0, {"people": frozenset({"taro", "hanako"})}, TODAY, ["people"]),
        (0, {"shown": frozenset({"registered_domicile"})}, TODAY, ["registered_domicile"]),
        (0, {}, TODAY + timedelta(1), ["visit"]),
    ],
)
def test_認めた人と種類と事項と通数と期限のほかは交付できない(used: int, more: dict, on: date, refused: list[str]):
    copy = replace(Copy("juminhyo_personal", frozenset({"taro"}), frozenset(), NAMES), **more)
    assert [entry for entry, _ in check_copy(ALLOWED, {"juminhyo_personal": used}, copy, on)] == refused


def test_認めた通数を使い切れば終わる():
    assert not is_used_up(ALLOWED, {"juminhyo_personal": 1}) and is_used_up(ALLOWED, {"juminhyo_personal": 2})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (ALLOWED, None),
        (replace(ALLOWED, people=frozenset()), "people"),
        (replace(ALLOWED, people=frozenset({"taro", "hanako"})), "people"),
        (replace(ALLOWED, copies={"juminhyo_personal": 3}), "copies"),
        (replace(ALLOWED, copies={"juminhyo_personal": 0}), "copies"),
        (replace(ALLOWED, shown=frozenset({"registered_domicile"})), "shown"),
        (replace(ALLOWED, until=TODAY - timedelta(1)), "valid_until"),
    ],
)
def test_請求されたより多くは認められない(given: Allowed, field: str | None):
    assert [found for found, _ in check_approval(ALLOWED, given, TODAY)] == ([field] if field else [])


def test_受け付けた職員は自分で第三者請求を審査できない():
    """法12条の3: 「相当と認めるとき」 is judged by another."""
    assert must_be_another(7, 7, ("法第12条の3の申出",)) and not must_be_another(7, 8, ("法第12条の3の申出",)) and not must_be_another(7, 7, ())


def test_定額小為替の額の過不足とお釣り():
    orders = [MoneyOrder("い1", 300), MoneyOrder("い2", 450)]
    assert (balance(900, orders).short_yen, balance(900, orders).change_yen) == (150, 0)
    assert (balance(600, orders).short_yen, balance(600, orders).change_yen) == (0, 150)
    assert "150円足りません" in dict(missing_fee(balance(900, orders)))["fee"] and missing_fee(balance(750, orders)) == ()


def test_定額小為替は十二種の額だけで六か月を過ぎれば返す():
    """A 証書 issued on 令和7年10月10日 is good until 令和8年4月9日."""
    good = MoneyOrder("い1", 300, date(2025, 10, 11))
    assert [check_order(replace(good, amount_yen=each), (), TODAY) for each in AMOUNTS_YEN] == [()] * 12
    assert [field for field, _ in check_order(replace(good, amount_yen=500, number=""), (), TODAY)] == ["order_number"]
    assert [field for field, _ in check_order(replace(good, amount_yen=310), (), TODAY)] == ["order_amount"]
    assert [field for field, _ in check_order(replace(good, issued_on=date(2025, 10, 10)), (), TODAY)] == ["order_issued_on"]
    assert [field for field, _ in check_order(good, ("い1",), TODAY)] == ["order_number"]


def test_記載はそのまま読み返せる():
    full = replace(LAWYER, shown=("relationship",), subjects=(*ONE, StatedSubject("坂の上　花")), lines=(*COPY, StatedLine("removed_sheet", 2)))
    assert Stated.of_json({**full.to_json(), "from_later": "x"}) == full
