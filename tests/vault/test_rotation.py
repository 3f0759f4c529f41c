"""鍵の更新 — everything under a new key, nothing out of reach for a moment, no reference changed. F-1-61."""

import threading

import pytest
from django.db import connection, connections

from daicho import vault
from daicho.vault import NumberKind, keys, numbers, rotation
from daicho.vault.models import KeyEncryptionKey, SealedNumber, SealedPayload

MANY = [f"{n:012}" for n in range(700_000_000_000, 700_000_000_300)]
NUMBER = NumberKind.INDIVIDUAL_NUMBER


@pytest.fixture(autouse=True)
def own_keys(key_file):
    return key_file


@pytest.fixture
def filled(key_file, committed_db):
    """300 numbers and 5 payloads under key 1."""
    return vault.keep_many(NUMBER, MANY), vault.seal_payloads([b"%d" % n for n in range(5)])


def key_numbers(model):
    return set(model.objects.values_list("key_number", flat=True))


def test_更新すると全ての行が新しい鍵になり参照は変わらない(filled, key_file):
    refs, payloads = filled
    hashes = set(map(bytes, SealedNumber.objects.values_list("search_hash", flat=True)))
    ciphertexts = set(map(bytes, SealedNumber.objects.values_list("ciphertext", flat=True)))
    keys.add_key(key_file)
    done = vault.rotate(batch=70)
    assert (done.key_number, done.numbers, done.payloads, done.retired, done.damaged) == (2, 300, 5, (1,), ())
    assert key_numbers(SealedNumber) == key_numbers(SealedPayload) == {2}
    assert vault.reveal_many(refs, because="試験") == dict(zip(refs, MANY, strict=True))
    assert vault.keep_many(NUMBER, MANY) == refs
    assert [vault.open_payload(ref) for ref in payloads] == [b"%d" % n for n in range(5)]
    assert not hashes & set(map(bytes, SealedNumber.objects.values_list("search_hash", flat=True)))
    assert ciphertexts == set(map(bytes, SealedNumber.objects.values_list("ciphertext", flat=True)))


def test_更新の後は古い鍵なしで全て使える(filled, key_file):
    refs, _ = filled
    keys.add_key(key_file)
    vault.rotate()
    assert vault.forget_retired_keys() == (1,)
    assert set(keys.ring().keys) == {2}
    assert vault.find_many(NUMBER, MANY) == dict(zip(MANY, refs, strict=True))
    assert vault.forget_retired_keys() == ()


def test_新しい鍵がなければ何も変わらない(filled):
    done = vault.rotate()
    assert (done.key_number, done.numbers, done.payloads, done.retired) == (1, 0, 0, ())


def test_途中で止まっても続きから終わる(filled, key_file):
    refs, _ = filled
    keys.add_key(key_file)

    class Power(Exception):
        pass

    def fails_at(table, done):
        if done >= 140:
            raise Power

    with pytest.raises(Power):
        vault.rotate(batch=70, progress=fails_at)
    assert key_numbers(SealedNumber) == {1, 2}
    assert KeyEncryptionKey.objects.filter(retired_at__isnull=False).count() == 0
    assert vault.find_many(NUMBER, MANY) == dict(zip(MANY, refs, strict=True))
    assert vault.keep_many(NUMBER, MANY) == refs
    assert vault.forget_retired_keys() == ()
    assert vault.rotate(batch=70).numbers == 160
    assert vault.reveal_many(refs, because="試験") == dict(zip(refs, MANY, strict=True))


def test_壊れた行は名指しされ残りは更新される(filled, key_file):
    refs, _ = filled
    SealedNumber.objects.filter(id=refs[7]).update(ciphertext=b"x" * 40)
    keys.add_key(key_file)
    done = vault.rotate()
    assert (done.numbers, done.damaged, done.retired) == (299, (f"vault_number {refs[7]}",), ())
    assert vault.forget_retired_keys() == ()


def test_更新の間も読み書きは止まらず番号は二重にならない(filled, key_file):
    """Readers reveal and find without pause, writers keep old and new numbers, while everything is rotated twice."""
    refs, payloads = filled
    by_ref = dict(zip(refs, MANY, strict=True))
    stop, errors, rounds = threading.Event(), [], []
    fresh = [f"{n:012}" for n in range(800_000_000_000, 800_000_000_060)]

    def endlessly(work):
        try:
            while not stop.is_set():
                work()
                rounds.append(work.__name__)
        except Exception as error:  # noqa: BLE001, told below
            errors.append(error)
        finally:
            connections.close_all()

    def read():
        assert vault.reveal_many(refs, because="試験") == by_ref
        assert vault.open_payloads(payloads)[payloads[0]] == b"0"

    def find():
        assert vault.find_many(NUMBER, MANY) == {value: ref for ref, value in by_ref.items()}

    def keep():
        assert vault.keep_many(NUMBER, MANY) == refs
        vault.keep_many(NUMBER, fresh)
        vault.keep(NUMBER, fresh[len(rounds) % len(fresh)])

    threads = [threading.Thread(target=endlessly, args=(work,)) for work in (read, find, keep, keep)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        keys.add_key(key_file)
        vault.rotate(batch=20)
    stop.set()
    for thread in threads:
        thread.join()
    assert not errors
    assert set(rounds) == {"read", "find", "keep"}
    assert key_numbers(SealedNumber) == {3}
    assert SealedNumber.objects.count() == len(MANY) + len(fresh)


def test_問い合わせる直前に更新が済んでも番号は見つかる(filled, key_file, monkeypatch):
    """Between the reading of the key file and the query of a `find`, a whole rotation passes by: its answer is still right."""
    refs, _ = filled
    real, passed = numbers._find_portion, []

    def late(keyring, sought):
        if not passed:
            passed.append(keys.add_key(key_file))
            vault.rotate()
        return real(keyring, sought)

    monkeypatch.setattr(numbers, "_find_portion", late)
    assert vault.find_many(NUMBER, MANY) == dict(zip(MANY, refs, strict=True))
    assert passed == [2]


def test_更新はほかの取引の中では始められない(filled, key_file):
    from django.db import transaction

    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        vault.rotate()


def test_更新が待つのは封じている者だけ(filled, key_file):
    """The exchange of the key in use waits for a writer's open transaction; the writer's row is then rotated too."""
    from django.db import transaction

    keys.add_key(key_file)
    done = []

    def rotate():
        try:
            done.append(rotation.rotate())
        finally:
            connections.close_all()

    with transaction.atomic():
        late = vault.keep(NUMBER, "123456789018")
        thread = threading.Thread(target=rotate)
        thread.start()
        thread.join(0.5)
        assert not done
    thread.join()
    assert done[0].numbers == len(MANY) + 1
    assert vault.find(NUMBER, "123456789018") == late
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        assert cursor.fetchone()[0] == 0
