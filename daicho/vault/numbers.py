"""番号の保管 — keep, find and reveal numbers; everything else in the house holds references. 番号法第12条, F-0-18."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.views.decorators.debug import sensitive_variables

from daicho import audit
from daicho.vault.envelope import Envelope, place_of, seal, unseal
from daicho.vault.errors import TamperedError
from daicho.vault.keys import Key, KeyRing, ring
from daicho.vault.kinds import NumberKind, in_shape
from daicho.vault.rows import copies, copy_in, hold_key_in_use, pick_up, turned, unnest

TABLE = "vault_number"
AT_ONCE = 10_000
_COLUMNS = {
    "id": "int8",
    "municipality_code": "varchar",
    "kind": "varchar",
    "search_hash": "bytea",
    "key_number": "int4",
    "wrapped_key": "bytea",
    "ciphertext": "bytea",
}

Number = tuple[NumberKind, str]


@sensitive_variables()
def keep(kind: NumberKind, value: str) -> int:
    """Keep a number; the same value always gives the same reference. ValueError (without the value) for a wrong shape.

    Joins the caller's transaction. Three queries for a new number, two for a known one.
    """
    return keep_many(kind, [value])[0]


@sensitive_variables()
def keep_many(kind: NumberKind, values: Sequence[str]) -> list[int]:
    """References of many numbers of a kind, in their order; new ones go in by COPY. ValueError names the place of a wrong one, not the value."""
    kind = NumberKind(kind)
    refs = keep_numbers([(kind, value) for value in values])
    return [refs[kind, value] for value in values]


@sensitive_variables()
def keep_numbers(numbers: Sequence[Number]) -> dict[Number, int]:
    """References of numbers of several kinds, as `keep_many`. The same three queries for all kinds together."""
    for place, (kind, value) in enumerate(numbers):
        if not in_shape(kind, value):
            raise ValueError(f"value {place} does not have the shape of a {kind.value}")
    refs: dict[Number, int] = {}
    distinct = iter(dict.fromkeys(numbers))
    while portion := list(islice(distinct, AT_ONCE)):
        refs |= _keep_portion(portion)
    return refs


@sensitive_variables()
def find(kind: NumberKind, value: str) -> int | None:
    """The reference of a number, or None. TamperedError when its row holds another number. One query."""
    return find_many(kind, [value]).get(value)


@sensitive_variables()
def find_many(kind: NumberKind, values: Iterable[str]) -> dict[str, int]:
    """References of those numbers of a kind that are kept; others (and those of a wrong shape) are left out. One query per 10,000."""
    kind = NumberKind(kind)
    return {value: ref for (_, value), ref in find_numbers((kind, value) for value in values).items()}


@sensitive_variables()
def find_numbers(numbers: Iterable[Number]) -> dict[Number, int]:
    """References of those numbers of several kinds that are kept, as `find_many`. One query per 10,000."""
    distinct = iter(dict.fromkeys((kind, value) for kind, value in numbers if in_shape(kind, value)))
    found: dict[Number, int] = {}
    while portion := list(islice(distinct, AT_ONCE)):
        keys = ring()
        found |= _find_portion(keys, portion)
        while ring() is not keys:  # a rotation began meanwhile, and may have given a row its new hash before we asked for the old
            keys = ring()
            found |= _find_portion(keys, [number for number in portion if number not in found])
    return found


def reveal(ref: int, *, because: str) -> str:
    """The number in the clear. The open reading, or the next trail row, says which kind was opened and `because` of what.

    Raises UnknownReferenceError, ErasedError, TamperedError. One query.
    """
    return reveal_many([ref], because=because)[ref]


@sensitive_variables()
def reveal_many(refs: Iterable[int], *, because: str) -> dict[int, str]:
    """Numbers in the clear by reference; as `reveal`. One query."""
    if not because:
        raise ValueError("a number is opened for a reason")
    wanted = list(dict.fromkeys(refs))
    rows = pick_up(TABLE, wanted, "kind")
    keys = ring()  # after the rows: a rotation writes its key down before it uses it
    for kind in sorted({kind for kind, _ in rows.values()}):
        audit.note_numbers(kind, because)
    return {ref: _open(keys, kind, ref, envelope) for ref, (kind, envelope) in rows.items()}


def _open(keys: KeyRing, kind: str, ref: int, envelope: Envelope) -> str:
    return unseal(keys.key(envelope.key_number), _place(kind, ref), envelope).decode("ascii")


def _place(kind: str, ref: int) -> bytes:
    return place_of(TABLE, settings.INSTALLATION.municipality_code, kind, ref)


@sensitive_variables()
def _keep_portion(numbers: list[Number]) -> dict[Number, int]:
    """Find what is kept already, seal the rest. Two writers of one number: the later one finds the earlier one's row."""
    with transaction.atomic(savepoint=False):
        keys, key, ids = hold_key_in_use(TABLE, len(numbers))
        refs = _find_portion(keys, numbers)
        fresh = [number for number in numbers if number not in refs]
        if fresh:
            refs |= _seal_fresh(key, fresh, ids)
            overtaken = [number for number in fresh if number not in refs]
            if overtaken:
                refs |= _find_portion(keys, overtaken)
    return refs


_FIND = f"""
    SELECT id, kind, search_hash, key_number, wrapped_key, ciphertext FROM {TABLE} WHERE municipality_code = %s AND kind = ANY(%s) AND search_hash = ANY(%s)
"""


@sensitive_variables()
def _find_portion(keys: KeyRing, numbers: list[Number]) -> dict[Number, int]:
    """References by number. While a rotation goes on, a number is found under its old or its new hash; hashes of two kinds never meet."""
    code = settings.INSTALLATION.municipality_code
    sought = {key.search_hash(code, kind.value, value): (kind, value) for key in keys.keys.values() for kind, value in numbers}
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [code, sorted({kind.value for kind, _ in numbers}), list(sought)])
        rows = cursor.fetchall()
    found = {}
    for ref, kind, search_hash, key_number, wrapped_key, ciphertext in rows:
        number = sought[bytes(search_hash)]
        if (kind, _open(keys, kind, ref, Envelope(key_number, bytes(wrapped_key), bytes(ciphertext)))) != number:
            raise TamperedError(f"{TABLE} {ref} holds another number than its hash says")
        found[number] = ref
    return found


_KEEP = f"""
    INSERT INTO {TABLE} ({", ".join(_COLUMNS)}) SELECT * FROM {unnest(_COLUMNS)} ON CONFLICT (municipality_code, kind, search_hash) DO NOTHING RETURNING id
"""


@sensitive_variables()
def _seal_fresh(key: Key, numbers: list[Number], ids: Sequence[int]) -> dict[Number, int]:
    """Seal new numbers, in the order of their kinds and hashes (so that two lists never wait for each other crosswise)."""
    code = settings.INSTALLATION.municipality_code
    hashed = sorted((kind.value, key.search_hash(code, kind.value, value), value) for kind, value in numbers)
    refs, rows = {}, []
    for ref, (kind, search_hash, value) in zip(ids, hashed, strict=False):
        envelope = seal(key, _place(kind, ref), value.encode("ascii"))
        rows.append((ref, code, kind, search_hash, key.number, envelope.wrapped_key, envelope.ciphertext))
        refs[NumberKind(kind), value] = ref
    if copies(len(rows)):
        try:
            with transaction.atomic():
                copy_in(TABLE, _COLUMNS, rows)
        except IntegrityError:
            pass  # another process kept one of them meanwhile: the statement below knows how to step aside
        else:
            return refs
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, turned(rows, len(_COLUMNS)))
        written = {row_id for (row_id,) in cursor.fetchall()}
    return {number: ref for number, ref in refs.items() if ref in written}
