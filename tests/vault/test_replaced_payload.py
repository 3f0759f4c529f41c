"""封のし直し — another payload in the place of one; nothing of the former is left. F-1-61."""

import pytest
from django.db import connection, transaction

from daicho import vault
from tests.audit.cast import CLERK

pytestmark = pytest.mark.django_db


def test_同じ参照に別のものを封じると前のものは残らない():
    ref = vault.seal_payload(b"former")
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped_key, ciphertext FROM vault_payload WHERE id = %s", [ref])
        before = cursor.fetchone()
        vault.replace_payload(ref, b"latter")
        cursor.execute("SELECT wrapped_key, ciphertext FROM vault_payload WHERE id = %s", [ref])
        after = cursor.fetchone()
    assert vault.open_payload(ref) == b"latter" and not set(before) & set(after)


def test_ないものや消去したものには封じられない():
    with pytest.raises(vault.UnknownReferenceError), transaction.atomic():
        vault.replace_payload(987654, b"x")
    ref = vault.seal_payload(b"gone")
    vault.erase_payloads([ref], reason="試験", actor=CLERK)
    with pytest.raises(vault.UnknownReferenceError), transaction.atomic():
        vault.replace_payload(ref, b"x")
