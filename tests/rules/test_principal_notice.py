"""本人通知 — who is registered on a day, what an officer is refused, and who is told under each of the three conditions. 標準8.1; decision 0050."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.request import Requester
from daicho.residents.rules.principal_notice import (
    Condition,
    Entry,
    EntryKind,
    Filer,
    Policy,
    RequesterClass,
    class_of,
    is_told,
    last_day,
    refusal,
    standing_at,
    standing_ja,
)

TODAY = date(2026, 4, 10)
A_DAY = timedelta(1)
USUAL = Policy(public_offices=False, same_household=RequesterClass.PRINCIPAL)
REGISTERED = Entry(EntryKind.REGISTERED, TODAY, TODAY, date(2029, 4, 9))


def test_登録は始まりの日から終わりの日まで立ち廃止の日に消える():
    """N-8.1.1-01: each point in time has its own content."""
    changed = Entry(EntryKind.CHANGED, date(2027, 1, 5), TODAY, date(2030, 4, 9))
    abolished = Entry(EntryKind.ABOLISHED, date(2028, 2, 1), TODAY, date(2030, 4, 9))
    entries = [REGISTERED, changed, abolished]
    days = (TODAY - A_DAY, TODAY, date(2027, 1, 4), date(2027, 1, 5), date(2028, 1, 31), date(2028, 2, 1))
    assert [standing_at(entries, day) for day in days] == [None, 0, 0, 1, 1, None]
    assert [standing_at(entries[:1], day) for day in (date(2029, 4, 9), date(2029, 4, 10))] == [0, None]


def test_期間は市の定める年数で0は期限なし():
    """令和8年4月10日から3年 → 令和11年4月9日 (民法143条)."""
    assert (last_day(TODAY, 3), last_day(TODAY, 0)) == (date(2029, 4, 9), None)


@pytest.mark.parametrize(
    ("entries", "new", "filer", "at", "said"),
    [
        ([], Entry(EntryKind.CHANGED, TODAY, TODAY), Filer.SELF, "kind", "いま登録がない"),
        ([REGISTERED], Entry(EntryKind.REGISTERED, TODAY, TODAY), Filer.SELF, "kind", "もう登録されています"),
        ([], Entry(EntryKind.REGISTERED, TODAY + A_DAY, TODAY + A_DAY), Filer.SELF, "on", "本日より後"),
        ([], Entry(EntryKind.REGISTERED, TODAY, TODAY - A_DAY), Filer.SELF, "starts_on", "申出の日より前"),
        ([], Entry(EntryKind.REGISTERED, TODAY, TODAY, TODAY - A_DAY), Filer.SELF, "ends_on", "始まりより前"),
        ([REGISTERED], Entry(EntryKind.ABOLISHED, TODAY - A_DAY, TODAY), Filer.SELF, "on", "前の申出の日より前"),
        ([], Entry(EntryKind.REGISTERED, TODAY, TODAY), Filer.AGENT, "filer_name", "代理人の氏名"),
        ([], REGISTERED, Filer.SELF, "", ""),
        ([REGISTERED], Entry(EntryKind.ABOLISHED, TODAY, TODAY), Filer.SELF, "", ""),
    ],
)
def test_申出の順番と日付を確かめる(entries, new, filer, at, said):
    field, why = refusal(entries, new, TODAY, "", filer)
    assert field == at and said in why and bool(why) == bool(said)


def test_満了した後は改めて登録できる():
    over = Entry(EntryKind.REGISTERED, date(2020, 4, 1), date(2020, 4, 1), date(2023, 3, 31))
    assert refusal([over], REGISTERED, TODAY, "", Filer.SELF) == ("", "")
    assert "いま登録がない" in refusal([over], Entry(EntryKind.CHANGED, TODAY, date(2020, 4, 1)), TODAY, "", Filer.SELF)[1]


THREE = {
    "登録者の本人請求": (Requester.SELF, True),
    "登録者についての第三者請求": (Requester.THIRD_PARTY, True),
    "非登録者についての第三者請求": (Requester.THIRD_PARTY, False),
}


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (Condition.REGISTERED, ["登録者の本人請求", "登録者についての第三者請求"]),
        (Condition.REGISTERED_BY_OTHERS, ["登録者についての第三者請求"]),
        (Condition.BY_REQUESTER, ["登録者についての第三者請求", "非登録者についての第三者請求"]),
    ],
)
def test_三つの出力条件で対象が変わる(condition, told):
    """N-8.1.3-03, as its acceptance gives the three copies."""
    assert [name for name, (standing, registered) in THREE.items() if is_told(condition, standing, USUAL, registered=registered)] == told


def test_委任状によるものは申請者情報による判定に当たり法定代理人は当たらない():
    """標準8.1.3: 「第三者への交付や委任状による交付」."""
    told = [standing for standing in Requester if is_told(Condition.BY_REQUESTER, standing, USUAL, registered=False)]
    assert told == [Requester.AGENT, Requester.THIRD_PARTY]


def test_官公署の請求は市が定めたときだけ通知し同一世帯の者の区分も市が定める():
    """法12条の2; the scheme is the city's own."""
    open_city = Policy(public_offices=True, same_household=RequesterClass.THIRD_PARTY)
    for policy, told in ((USUAL, [False, False]), (open_city, [True, True])):
        asked = (Requester.PUBLIC_OFFICE, Requester.SAME_HOUSEHOLD)
        assert [is_told(Condition.REGISTERED_BY_OTHERS, standing, policy, registered=True) for standing in asked] == told


def test_区分は本人と代理人と第三者の三つ():
    """N-8.1.1-04."""
    assert {class_of(standing, RequesterClass.PRINCIPAL) for standing in Requester} == set(RequesterClass)
    assert standing_ja(Requester.SELF, RequesterClass.PRINCIPAL) == "本人"
    assert standing_ja(Requester.AGENT, RequesterClass.PRINCIPAL) == "代理人（任意代理人）"


def test_通知の対象は窓口の四種の証明書だけ():
    """N-8.1.1-03: of all that can be issued; a 改製原 is a 除票 too (法15条の2)."""
    told = {definition.ja.split("（")[0] for definition in ALL_CERTIFICATES if definition.is_notified}
    assert told == {"住民票の写し", "住民票の除票の写し", "改製原住民票の写し", "住民票記載事項証明書", "住民票除票記載事項証明書"}
    assert not any(definition.is_notified for definition in ALL_CERTIFICATES if "転出証明書" in definition.ja)
