"""番号の保管 — a number goes in once and comes out for a reason. 番号法第12条, F-0-18, N-10.2-10."""

import traceback

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from daicho import audit, vault
from daicho.audit.models import AuditEntry
from daicho.vault import NumberKind
from daicho.vault.models import SealedNumber
from tests.audit.cast import CLERK, READ

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key_file")]

MADE_UP = "999999999999"  # twelve places, wrong check digit: nobody's
digits = st.text("0123456789", min_size=12, max_size=12)
once_per_test = hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)


def test_入れた番号は理由を添えて取り出せる():
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, MADE_UP)
    assert vault.reveal(ref, because="試験") == MADE_UP
    assert vault.find(NumberKind.INDIVIDUAL_NUMBER, MADE_UP) == ref


@once_per_test
@given(st.lists(digits, max_size=120))
def test_同じ番号は同じ参照_違う番号は違う参照(values):
    refs = vault.keep_many(NumberKind.INDIVIDUAL_NUMBER, values)
    assert len(refs) == len(values)
    assert len(set(refs)) == len(set(values))
    assert vault.keep_many(NumberKind.INDIVIDUAL_NUMBER, values[::-1]) == refs[::-1]
    assert vault.find_many(NumberKind.INDIVIDUAL_NUMBER, values) == dict(zip(values, refs, strict=True))
    assert vault.reveal_many(refs, because="試験") == dict(zip(refs, values, strict=True))


def test_種類が違えば同じ字並びでも別の番号():
    """住民票コード has eleven places, a pension number ten; 個人番号 and a card's number both twelve."""
    assert vault.keep(NumberKind.INDIVIDUAL_NUMBER, "0" * 12) != vault.keep(NumberKind.RESIDENCE_CARD_NO, "AB12345678CD")
    assert vault.find(NumberKind.JUMINHYO_CODE, "0" * 11) is None


def test_ない番号は見つからない():
    assert vault.find(NumberKind.INDIVIDUAL_NUMBER, MADE_UP) is None
    assert vault.find(NumberKind.INDIVIDUAL_NUMBER, "短い") is None
    with pytest.raises(vault.UnknownReferenceError):
        vault.reveal(10**12, because="試験")


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (NumberKind.INDIVIDUAL_NUMBER, "12345678901"),
        (NumberKind.INDIVIDUAL_NUMBER, "１２３４５６７８９０１２"),
        (NumberKind.INDIVIDUAL_NUMBER, "123456789012\n"),
        (NumberKind.JUMINHYO_CODE, "123456789012"),
        (NumberKind.RESIDENCE_CARD_NO, "ab12345678cd"),
        (NumberKind.BASIC_PENSION_NUMBER, "1234-567890"),
    ],
)
def test_形の違う番号は入らず誤りは番号を語らない(kind, wrong):
    with pytest.raises(ValueError, match="value 0 does not have the shape") as error:
        vault.keep(kind, wrong)
    assert wrong not in "".join(traceback.format_exception(error.value))
    assert not SealedNumber.objects.exists()


def test_理由なしには開かない():
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, MADE_UP)
    with pytest.raises(ValueError, match="reason"):
        vault.reveal(ref, because="")


def test_開いた番号の種類と理由が照会の行に残る():
    """Each unmasking is recorded: with the reading around it, or with the next row of the trail."""
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, MADE_UP)
    code = vault.keep(NumberKind.JUMINHYO_CODE, "1" * 11)
    with audit.acting():
        with audit.reading(CLERK, READ, purpose="写しの交付"):
            vault.reveal_many([ref, code], because="本人の請求")
        vault.reveal(code, because="本人確認情報の送信")
        audit.record(CLERK, "residents:event:accept")
        audit.record(CLERK, "residents:event:accept")
    assert list(AuditEntry.objects.order_by("id").values_list("shows_numbers", "detail__numbers")) == [
        (True, {"individual_number": "本人の請求", "juminhyo_code": "本人の請求"}),
        (False, {"juminhyo_code": "本人確認情報の送信"}),
        (False, None),
    ]


def test_名簿の番号も問合せの数は変わらない():
    """Pinned: keeping, finding and revealing cost the same number of queries for one and for many."""
    vault.keep(NumberKind.INDIVIDUAL_NUMBER, "0" * 12)  # the very first use also writes the key down
    costs = []
    for values in (["1" * 12], [f"{n:012}" for n in range(2, 40)]):
        with CaptureQueriesContext(connection) as keeping:
            refs = vault.keep_many(NumberKind.INDIVIDUAL_NUMBER, values)
        with CaptureQueriesContext(connection) as keeping_again:
            vault.keep_many(NumberKind.INDIVIDUAL_NUMBER, values)
        with CaptureQueriesContext(connection) as finding:
            vault.find_many(NumberKind.INDIVIDUAL_NUMBER, values)
        with CaptureQueriesContext(connection) as revealing:
            vault.reveal_many(refs, because="試験")
        costs.append([len(queries) for queries in (keeping, keeping_again, finding, revealing)])
    assert costs == [[3, 2, 1, 1]] * 2


def test_画面には伏せ字():
    assert vault.mask(NumberKind.INDIVIDUAL_NUMBER) == "＊" * 12
    assert vault.mask(NumberKind.JUMINHYO_CODE) == "＊" * 11


def test_電文は一つずつ封じられ同じ中身でも別の行になる():
    few = [b"", b"a", b"a", "転出証明書情報".encode()]
    many = [bytes([n % 256]) * n for n in range(200)]
    for payloads in (few, many):
        refs = vault.seal_payloads(payloads)
        assert len(set(refs)) == len(payloads)
        assert vault.open_payloads(refs) == dict(zip(refs, payloads, strict=True))
    assert vault.open_payload(vault.seal_payload(b"x")) == b"x"
    assert vault.seal_payloads([]) == []
