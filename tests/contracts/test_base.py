"""電文の型 — a contract is canonical when written and strict when read. design §5."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daicho.contracts import base
from daicho.contracts.base import ContractError, UnknownContract, contract, decode, encode
from daicho.contracts.receipts_v1 import ReceiptLine, ReceiptsAnswerV1, ReceiptsQuestionV1
from tests.contracts.golden import assert_golden, contracts_without_golden


@dataclass(frozen=True)
class Member:
    name: str
    born_on: date | None


@contract("household_sample", version=2)
@dataclass(frozen=True)
class HouseholdSampleV2:
    no: int
    moved: bool
    told_at: datetime
    members: tuple[Member, ...]
    head: Member | None
    memo: str | None


@contract("old_sample", version=1)
@dataclass(frozen=True)
class OldSampleV1:
    no: int


@contract("old_sample", version=2)
@dataclass(frozen=True)
class OldSampleV2:
    no: int


@contract("old_sample", version=3)
@dataclass(frozen=True)
class OldSampleV3:
    no: int


KATSURAGI = "葛\U000e0104城"  # IVS: 葛 with selector 21 of IPAmj
SAMPLE = HouseholdSampleV2(
    no=7,
    moved=True,
    told_at=datetime(2026, 4, 1, 9, 30, tzinfo=timezone(timedelta(hours=9))),
    members=(Member(KATSURAGI, date(1950, 1, 2)), Member("が か\u3099", None)),
    head=None,
    memo=None,
)


def changed(**changes):
    data = json.loads(encode(SAMPLE))
    data.update(changes)
    return json.dumps(data).encode()


def test_往復しても文字は一つも変わらない():
    """F-1-53, domain §7: no NFC, because it breaks IVS and combined marks."""
    back = decode("household_sample", 2, encode(SAMPLE))
    assert back == SAMPLE
    assert [member.name for member in back.members] == [KATSURAGI, "が か\u3099"]


def test_正準形はキー順で空白がなくUTCで書く():
    assert encode(SAMPLE).decode().startswith('{"head":null,"members":[{"born_on":"1950-01-02","name":"葛')
    assert '"told_at":"2026-04-01T00:30:00.000000+00:00"' in encode(SAMPLE).decode()


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (changed(extra=1), "extra"),
        (changed(members=[{"name": "花子", "born_on": None, "age": 3}]), "members[0].age"),
        (changed(members=[{"name": "花子"}]), "members[0].born_on"),
        (changed(no="7"), "no"),
        (changed(no=True), "no"),
        (changed(no=7.0), "no"),
        (changed(no=2**63), "no"),
        (changed(no=None), "no"),
        (changed(moved=1), "moved"),
        (changed(told_at="2026-04-01"), "told_at"),
        (changed(told_at="2026-04-01T00:30:00.000000"), "told_at"),
        (changed(told_at="2026-04-01T09:30:00.000000+09:00"), "told_at"),
        (changed(members={"0": {}}), "members"),
        (changed(members=[{"name": "花子", "born_on": "2026-02-30"}]), "members[0].born_on"),
        (changed(members=[{"name": "花子", "born_on": "20260201"}]), "members[0].born_on"),
        (changed(members=[{"name": "\ud800", "born_on": None}]), "members[0].name"),
        (changed(head=[]), "head"),
        (b"[]", ""),
        (b"{", ""),
        (b"\xff", ""),
        (b'{"no":NaN}', ""),
        (b'{"no":1,"no":2}', ""),
        (b"[" * 100_000, ""),
        (b'{"no":' + b"9" * 5000 + b"}", ""),
    ],
)
def test_知らない項目や欠けた項目や型違いは断る(data, path):
    with pytest.raises(ContractError) as refused:
        decode("household_sample", 2, data)
    assert refused.value.path == path


def test_断りの文に値は出ない():
    """Style 10: error texts are logged, so they never hold a name or a number."""
    with pytest.raises(ContractError) as refused:
        decode("household_sample", 2, changed(told_at="小樽花子"))
    assert "花子" not in str(refused.value)


@pytest.mark.parametrize(
    "bad",
    [
        {"no": True},
        {"no": 2**63},
        {"told_at": datetime(2026, 4, 1)},
        {"members": [Member("花子", None)]},
        {"members": ("花子",)},
        {"memo": 3},
        {"memo": "\ud800"},
        {"head": Member("花子", datetime(2026, 4, 1, tzinfo=UTC))},
    ],
)
def test_型の違う値は送らない(bad):
    with pytest.raises(ContractError):
        encode(HouseholdSampleV2(**{**SAMPLE.__dict__, **bad}))


def test_受け手は最新版とその一つ前だけを受ける():
    assert decode("old_sample", 3, b'{"no":1}') == OldSampleV3(1)
    assert decode("old_sample", 2, b'{"no":1}') == OldSampleV2(1)
    for version in (1, 4, 0, -1):
        with pytest.raises(UnknownContract):
            decode("old_sample", version, b'{"no":1}')
    with pytest.raises(UnknownContract):
        decode("nowhere", 1, b"{}")


def test_電文になれない型は読み込みの時に断る():
    @dataclass(frozen=True)
    class FloatV1:
        x: float

    @dataclass(frozen=True)
    class DictV1:
        x: dict[str, str]

    @dataclass
    class LooseV1:
        x: str

    @dataclass(frozen=True)
    class NoPurposeV1:
        deadline: datetime

    for cls, category in ((FloatV1, "notice"), (DictV1, "notice"), (LooseV1, "notice"), (NoPurposeV1, "question")):
        with pytest.raises(TypeError):
            contract("bad_sample", version=1, category=category)(cls)
    with pytest.raises(TypeError, match="must end in V2"):
        contract("bad_sample", version=2)(Member)
    with pytest.raises(TypeError, match="already"):
        contract("old_sample", version=1)(type("OtherV1", (OldSampleV1,), {}))
    with pytest.raises(UnknownContract):
        encode(Member("花子", None))


@given(st.lists(st.tuples(st.text(), st.none() | st.dates())), st.integers(-(2**63) + 1, 2**63 - 1), st.none() | st.text())
def test_どんな文字でも往復する(people, no, memo):
    message = HouseholdSampleV2(no, False, SAMPLE.told_at, tuple(Member(n, d) for n, d in people), None, memo)
    data = encode(message)
    assert decode("household_sample", 2, data) == message
    assert encode(decode("household_sample", 2, data)) == data


def test_受信簿の照合の見本():
    assert_golden(ReceiptsQuestionV1("6f1c1d4e-0000-4000-8000-000000000001", "books", datetime(2026, 4, 1, 0, 1, tzinfo=UTC), 0, 1000))
    line = ReceiptLine("6f1c1d4e-0000-4000-8000-00000000000e", "6f1c1d4e-0000-4000-8000-00000000000a", "00" * 32, "identity_info", ("ab" * 16,))
    assert_golden(ReceiptsAnswerV1("6f1c1d4e-0000-4000-8000-000000000001", (line,), None))


def test_すべての電文に見本がある():
    assert contracts_without_golden() == []
    assert {d.category for d in base.definitions()} <= set(base.CATEGORIES)
