"""消去 — erased means: the data key is gone, and a record says so. 番号法第20条, 評価書（消去）."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from daicho import vault
from daicho.audit.models import AuditEntry
from daicho.vault import NumberKind, keys
from daicho.vault.models import PurgeRecord, SealedNumber, SealedPayload
from tests.audit.cast import CLERK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key_file")]
REASON = "除票の保存期間（150年）満了"


def test_消した番号は開かず見つからず記録が残る():
    one, other = vault.keep_many(NumberKind.INDIVIDUAL_NUMBER, ["123456789018", "999999999999"])
    person = uuid4()
    assert vault.erase([one], reason=REASON, actor=CLERK, subjects=[person]) == 1
    with pytest.raises(vault.ErasedError, match=str(one)):
        vault.reveal(one, because="試験")
    assert vault.find(NumberKind.INDIVIDUAL_NUMBER, "123456789018") is None
    assert vault.reveal(other, because="試験") == "999999999999"
    purge = PurgeRecord.objects.get()
    assert (purge.table, purge.ref, purge.reason, purge.login, purge.actor_name) == ("vault_number", one, REASON, "otaru.hanako", "小樽花子")
    row = AuditEntry.objects.get()
    assert (row.action, row.subjects, row.detail) == ("vault:number:erase", [person], {"reason": REASON, "rows": 1})


def test_消した行には鍵も暗号文も要約値も残らない():
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    vault.erase([ref], reason=REASON, actor=CLERK)
    row = SealedNumber.objects.get(id=ref)
    assert (row.search_hash, row.key_number, row.wrapped_key, row.ciphertext) == (None, None, None, None)
    assert row.erased_at is not None


def test_消した番号をまた入れると新しい参照になる():
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    vault.erase([ref], reason=REASON, actor=CLERK)
    assert vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018") != ref


def test_二度消しても記録は一つ():
    ref = vault.seal_payload("転出証明書情報".encode())
    assert vault.erase_payloads([ref, ref], reason=REASON, actor=CLERK) == 1
    assert vault.erase_payloads([ref], reason=REASON, actor=CLERK) == 0
    assert PurgeRecord.objects.count() == AuditEntry.objects.count() == 1
    with pytest.raises(vault.ErasedError):
        vault.open_payload(ref)


def test_知らない参照があれば何も消えない():
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    with pytest.raises(vault.UnknownReferenceError):
        vault.erase([ref, 10**12], reason=REASON, actor=CLERK)
    assert vault.reveal(ref, because="試験") == "123456789018"
    assert not PurgeRecord.objects.exists()


def test_理由なしには消さない():
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    with pytest.raises(ValueError, match="reason"):
        vault.erase([ref], reason="", actor=CLERK)


@pytest.mark.parametrize("half", ["wrapped_key", "ciphertext", "search_hash", "key_number"])
def test_半端に消えた行は表が受け付けない(half):
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedNumber.objects.filter(id=ref).update(**{half: None})


def test_写しの残る古い鍵を捨てると控えからも開かない(key_file):
    """A backup of the row is worthless once the key that wrapped it has been rotated out and forgotten."""
    ref = vault.seal_payload(b"x")
    backup = SealedPayload.objects.values("key_number", "wrapped_key", "ciphertext").get(id=ref)
    vault.erase_payloads([ref], reason=REASON, actor=CLERK)
    keys.add_key(key_file)
    assert vault.rotate().retired == (1,)
    assert vault.forget_retired_keys() == (1,)
    SealedPayload.objects.filter(id=ref).update(**backup, erased_at=None)
    with pytest.raises(vault.MissingKeyError):
        vault.open_payload(ref)
