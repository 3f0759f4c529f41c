"""金庫の堅さ — what someone who writes into the database, but has no key, cannot do; and that nothing lies in the clear. F-0-18, F-1-61."""

import os
import threading
from dataclasses import replace

import psycopg
import pytest
from django.db import connection, connections, transaction

from daicho import vault
from daicho.site import config
from daicho.vault import NumberKind, keys
from daicho.vault.models import SealedNumber, SealedPayload

SEALED = ("search_hash", "key_number", "wrapped_key", "ciphertext")
MANY = [f"{n:012}" for n in range(700_000_000_000, 700_000_000_200)]


@pytest.fixture(autouse=True)
def own_keys(key_file):
    return key_file


def two_numbers():
    return vault.keep_many(NumberKind.INDIVIDUAL_NUMBER, ["123456789018", "999999999999"])


def exchange(model, one, other, *columns):
    """Put the columns of one row into the other and the other way round, as whoever may UPDATE could."""
    first, second = (model.objects.filter(id=ref) for ref in (one, other))
    [a], [b] = first.values(*columns), second.values(*columns)
    if "search_hash" in columns:
        first.update(search_hash=os.urandom(32))
    second.update(**a)
    first.update(**b)


@pytest.mark.django_db
@pytest.mark.parametrize("columns", [SEALED, ("ciphertext",), ("wrapped_key",), ("wrapped_key", "ciphertext")], ids=str)
def test_二つの行の中身を入れ替えると開かない(columns):
    one, other = two_numbers()
    exchange(SealedNumber, one, other, *columns)
    for ref in (one, other):
        with pytest.raises(vault.TamperedError, match=str(ref)):
            vault.reveal(ref, because="試験")


@pytest.mark.django_db
def test_検索の要約値を入れ替えると別人の行は見つからず誤りになる():
    one, other = two_numbers()
    exchange(SealedNumber, one, other, "search_hash")
    with pytest.raises(vault.TamperedError, match="another number"):
        vault.find(NumberKind.INDIVIDUAL_NUMBER, "999999999999")
    with pytest.raises(vault.TamperedError, match="another number"):
        vault.keep(NumberKind.INDIVIDUAL_NUMBER, "999999999999")


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["ciphertext", "wrapped_key"])
def test_一つでもビットが変われば開かない(column):
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    sealed = bytes(SealedNumber.objects.values_list(column, flat=True).get(id=ref))
    for bit in range(0, len(sealed) * 8, 7):
        turned = bytearray(sealed)
        turned[bit // 8] ^= 1 << bit % 8
        SealedNumber.objects.filter(id=ref).update(**{column: bytes(turned)})
        with pytest.raises(vault.TamperedError):
            vault.reveal(ref, because="試験")
    SealedNumber.objects.filter(id=ref).update(**{column: sealed[:5]})
    with pytest.raises(vault.TamperedError):
        vault.reveal(ref, because="試験")


@pytest.mark.django_db
def test_種類を書き換えても開かない():
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    SealedNumber.objects.filter(id=ref).update(kind="residence_card_no")
    with pytest.raises(vault.TamperedError):
        vault.reveal(ref, because="試験")


@pytest.mark.django_db
def test_よその市町村の番号は見えない(settings):
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    settings.INSTALLATION = replace(settings.INSTALLATION, municipality_code="011002")
    assert vault.find(NumberKind.INDIVIDUAL_NUMBER, "123456789018") is None
    with pytest.raises(vault.UnknownReferenceError):
        vault.reveal(ref, because="試験")
    SealedNumber.objects.filter(id=ref).update(municipality_code="011002")
    with pytest.raises(vault.TamperedError):
        vault.reveal(ref, because="試験")


@pytest.mark.django_db
def test_電文を入れ替えると開かない():
    one, other = vault.seal_payloads([b"one", b"other"])
    exchange(SealedPayload, one, other, "key_number", "wrapped_key", "ciphertext")
    with pytest.raises(vault.TamperedError):
        vault.open_payload(one)


@pytest.mark.django_db
def test_鍵が替われば開かず誤りは鍵も番号も語らない(key_file):
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    keys.add_key(key_file)
    keys.drop_keys(key_file, {1})
    with pytest.raises(vault.MissingKeyError, match="no key 1"):
        vault.reveal(ref, because="試験")
    secret = key_file.read_text().split()[1]
    assert secret not in repr(keys.ring().keys)
    with pytest.raises(vault.MissingKeyError, match="without a key"):
        keys.drop_keys(key_file, {2})


@pytest.mark.parametrize("text", ["", "1", "1 AAAA\n", "x AAAA\n", "2 {key}\n1 {key}\n", "1 {key}\n1 {key}\n", "1 {key}=\n"])
def test_形の違う鍵の書は使わない(key_file, text):
    key_file.write_text(text.format(key="A" * 43 + "="))
    os.utime(key_file, ns=(0, hash(text)))
    with pytest.raises(vault.MissingKeyError):
        keys.ring()


def test_他人が読める鍵の書は使わない(key_file):
    key_file.chmod(0o640)
    with pytest.raises(vault.MissingKeyError, match="chmod 600"):
        keys.ring()
    key_file.unlink()
    with pytest.raises(vault.MissingKeyError, match="not there"):
        keys.ring()


def test_鍵を足した書も自分だけが読める(key_file):
    assert keys.add_key(key_file) == 2
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert keys.ring().newest == 2


def test_同じ番号を同時に入れても一行(committed_db):
    """Eight writers keep overlapping lists, by COPY and by INSERT, in opposite orders: one row per number, and one answer."""
    answers, errors = [], []
    start = threading.Barrier(8, timeout=20)

    def work(step):
        try:
            start.wait()
            values = MANY[::-1] if step % 2 else MANY
            if step % 4 == 3:
                refs = [vault.keep(NumberKind.INDIVIDUAL_NUMBER, value) for value in values]
            else:
                with transaction.atomic():
                    refs = vault.keep_many(NumberKind.INDIVIDUAL_NUMBER, values)
            answers.append(dict(zip(values, refs, strict=True)))
        except Exception as error:  # noqa: BLE001, told below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(step,)) for step in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert all(answer == answers[0] for answer in answers)
    assert SealedNumber.objects.count() == len(MANY)


def test_先に入れた者を待ってから同じ行を使う(committed_db):
    """The later COPY meets a number that another transaction has kept and not yet committed: it waits, steps aside and finds it."""
    answers = []

    def later():
        try:
            answers.append(vault.keep_many(NumberKind.INDIVIDUAL_NUMBER, MANY))
        finally:
            connections.close_all()

    thread = threading.Thread(target=later)
    with transaction.atomic():
        mine = vault.keep(NumberKind.INDIVIDUAL_NUMBER, MANY[100])
        thread.start()
        thread.join(0.5)
        assert not answers
    thread.join()
    assert answers[0][100] == mine
    assert SealedNumber.objects.count() == len(MANY)


def test_番号はデータベースのどこにも平文でない(committed_db):
    """Every column of every table, as text and as bytes, is searched for every number and for the payload's words."""
    refs = vault.keep_many(NumberKind.INDIVIDUAL_NUMBER, MANY)
    code = vault.keep(NumberKind.JUMINHYO_CODE, "70000000031")
    vault.seal_payload("私は秘密の電文 700000000000".encode())
    vault.reveal_many([*refs, code], because="試験")
    with pytest.raises(vault.UnknownReferenceError):
        vault.reveal(10**12, because="試験")
    everything = dump()
    assert len(everything) > 20_000
    for secret in [*MANY, "70000000031", "秘密の電文"]:
        for form in (secret.encode(), secret.encode().hex().encode(), secret.encode("utf-16-le").hex().encode()):
            assert form not in everything


def dump():
    """All rows of all tables as COPY writes them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.role_table_grants WHERE grantee = current_user AND privilege_type = 'SELECT'")
        tables = [name for (name,) in cursor.fetchall()]
        text = b""
        for table in tables:
            with cursor.copy(f'COPY (SELECT * FROM "{table}") TO STDOUT') as copy:
                text += b"".join(bytes(part) for part in copy)
        return text


def test_画面の役割は封じた行を消せず消去の記録を直せない(committed_db):
    """Web-role grants: no DELETE at all, purge records INSERT only, and the owner's file is not with web processes."""
    vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    for statement in (
        "DELETE FROM vault_number", "DELETE FROM vault_payload", "DELETE FROM vault_key", "TRUNCATE vault_number",
        "DELETE FROM vault_purge", "UPDATE vault_purge SET reason = ''",
    ):  # fmt: skip
        with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
            cursor.execute(statement)


def test_所有者の役割でも番号は読めない(committed_db):
    """F-1-61: who runs the database sees ciphertext; the key is in the city's file."""
    vault.keep(NumberKind.INDIVIDUAL_NUMBER, "123456789018")
    database = config.read(committed_db.config_file).system(committed_db.system).database
    with psycopg.connect(host=database.host, port=database.port, dbname=committed_db.name, user=database.owner, password=database.owner_password) as owner:
        [row] = owner.execute("SELECT * FROM vault_number").fetchall()
    assert b"123456789018" not in b"".join(part if isinstance(part, bytes) else str(part).encode() for part in row)
