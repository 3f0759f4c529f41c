"""電文の型 — what a message between two rooms is: registered, canonical on the wire, strict when read. 住民基本台帳法第30条の6ほか (G-01…G-30).

A contract is a frozen dataclass of its own file. Its fields may be `str`, `int`, `bool`, `date`, `datetime` (aware),
a nested frozen dataclass, a `tuple[X, ...]` of those, and each of them `| None`. Nothing else travels: no float, no dict, no `Any`.
Error texts name the field and never its value, because they are logged.
"""

import dataclasses
import json
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Literal, TypeVar

Category = Literal["notice", "question", "answer", "file", "sign"]
CATEGORIES: tuple[Category, ...] = ("notice", "question", "answer", "file", "sign")
MAX_INT = 2**63 - 1  # what a bigint column of the receiver can hold

T = TypeVar("T")


class ContractError(ValueError):
    """A message that is not what its contract says. `path` is the place (`people[0].name`), never a value."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path or 'message'}: {problem}")
        self.path = path
        self.problem = problem


class UnknownContract(ContractError):
    """A kind that does not exist, or a version that is no longer, or not yet, accepted."""


@dataclass(frozen=True)
class Definition:
    """One registered contract: its name on the wire and the class that carries it."""

    kind: str
    version: int
    category: Category
    message_class: type[object]


_definitions: dict[tuple[str, int], Definition] = {}
_by_class: dict[type[object], Definition] = {}
_fields: dict[type[object], dict[str, object]] = {}  # get_type_hints is slow, and a class does not change

# A question says why it is asked and until when an answer is of use; an answer names its question; a sign says of when it is, for it is
# neither kept nor sent again (design §5; decision 0016).
_REQUIRED_FIELDS: Mapping[str, Mapping[str, object]] = {
    "question": {"question_id": str, "purpose": str, "deadline": datetime},
    "answer": {"question_id": str},
    "sign": {"at": datetime},
}


def contract(kind: str, version: int, category: Category = "notice") -> Callable[[type[T]], type[T]]:
    """Class decorator that registers a frozen dataclass as contract `kind` version `version`.

    Stands above `@dataclass(frozen=True)`. Raises TypeError at import when the class cannot be a contract.
    """

    def register(message_class: type[T]) -> type[T]:
        _check_class(kind, version, category, message_class)
        definition = Definition(kind, version, category, message_class)
        _definitions[kind, version] = definition
        _by_class[message_class] = definition
        return message_class

    return register


def _check_class(kind: str, version: int, category: str, message_class: type[object]) -> None:
    name = message_class.__name__
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", kind):
        raise TypeError(f"{name}: contract kind {kind!r} must be lower case with underscores")
    if category not in CATEGORIES:
        raise TypeError(f"{name}: contract category {category!r} is none of {CATEGORIES}")
    if version < 1 or not name.endswith(f"V{version}"):
        raise TypeError(f"{name}: the class of version {version} must end in V{version}")
    other = _definitions.get((kind, version))
    if other is not None and other.message_class.__qualname__ != message_class.__qualname__:
        raise TypeError(f"{name}: {kind} version {version} is already {other.message_class.__qualname__}")
    fields = _fields_of(message_class)
    for field, wanted in _REQUIRED_FIELDS.get(category, {}).items():
        if fields.get(field) != wanted:
            raise TypeError(f"{name}: a contract of category {category} needs the field {field}: {wanted}")
    _check_types(message_class, name)


def _check_types(message_class: type[object], path: str) -> None:
    for name, hint in _fields_of(message_class).items():
        inner, _ = _without_none(hint)
        item = _item_of(inner)
        leaf = _without_none(item)[0] if item is not None else inner
        if leaf in (str, int, bool, date, datetime):
            continue
        if isinstance(leaf, type) and dataclasses.is_dataclass(leaf):
            _check_types(leaf, f"{path}.{name}")
            continue
        raise TypeError(f"{path}.{name}: {hint} cannot travel in a contract")


def _fields_of(message_class: type[object]) -> dict[str, object]:
    """Name to type of each field; TypeError unless the class is a frozen dataclass."""
    known = _fields.get(message_class)
    if known is not None:
        return known
    parameters = getattr(message_class, "__dataclass_params__", None)
    if parameters is None or not parameters.frozen or not dataclasses.is_dataclass(message_class):
        raise TypeError(f"{message_class.__qualname__} must be a frozen dataclass")
    hints = typing.get_type_hints(message_class)
    return _fields.setdefault(message_class, {field.name: hints[field.name] for field in dataclasses.fields(message_class)})


@cache
def _without_none(hint: object) -> tuple[object, bool]:
    """`X | None` as (X, True); any other hint as (hint, False)."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        rest = [arm for arm in typing.get_args(hint) if arm is not types.NoneType]
        if len(rest) == 1 and len(typing.get_args(hint)) == 2:
            return rest[0], True
    return hint, False


@cache
def _item_of(hint: object) -> object | None:
    """The X of `tuple[X, ...]`, else None."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        item: object = arguments[0]
        return item
    return None


# --- the registry -----------------------------------------------------------------------------------------------------


def definitions() -> Iterator[Definition]:
    """Every registered contract, by kind and version."""
    yield from (_definitions[key] for key in sorted(_definitions))


def definition_of(message: object) -> Definition:
    """The contract that `message` is an instance of; UnknownContract when its class was never registered."""
    try:
        return _by_class[type(message)]
    except KeyError:
        raise UnknownContract("", f"{type(message).__qualname__} is not a contract") from None


def find(kind: str, version: int) -> Definition:
    """The contract to read a message with. A receiver takes the newest version n and n−1 (design §5), else UnknownContract."""
    newest = max((v for k, v in _definitions if k == kind), default=0)
    if not newest:
        raise UnknownContract("kind", "this kind of message is not known here")
    if version not in (newest, newest - 1) or (kind, version) not in _definitions:
        raise UnknownContract("version", f"version {version} is not accepted; version {newest} is the newest")
    return _definitions[kind, version]


# --- writing ----------------------------------------------------------------------------------------------------------


def canonical(value: object) -> bytes:
    """JSON as it is digested and signed: keys sorted, no spaces, UTF-8. Text is left as given: NFC would break IVS."""
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8")
    except UnicodeEncodeError:
        raise ContractError("", "text holds a lone surrogate and is not UTF-8") from None


def encode(message: object) -> bytes:
    """`message` as canonical JSON. ContractError when a field's value is not of its declared type."""
    return write(message, definition_of(message).message_class)


def write(message: object, message_class: type[object]) -> bytes:
    """`message` by the same rules, though its class is no contract: envelopes and replies."""
    return canonical(_to_json(message, message_class, ""))


def _to_json(value: object, hint: object, path: str) -> object:
    hint, may_be_none = _without_none(hint)
    if value is None and may_be_none:
        return None
    item = _item_of(hint)
    if item is not None:
        if type(value) is not tuple:
            raise ContractError(path, "must be a tuple")
        return [_to_json(element, item, f"{path}[{i}]") for i, element in enumerate(value)]
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        if type(value) is not hint:
            raise ContractError(path, f"must be {hint.__qualname__}")
        return {name: _to_json(getattr(value, name), type_, _join(path, name)) for name, type_ in _fields_of(hint).items()}
    if type(value) is not hint:
        raise ContractError(path, f"must be {getattr(hint, '__name__', hint)}")
    if isinstance(value, datetime):
        return write_instant(value, path)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and abs(value) > MAX_INT:
        raise ContractError(path, "is too large a number")
    return value


def write_instant(value: datetime, path: str = "") -> str:
    """An instant as it travels: UTC, always with microseconds, so that one instant has one text."""
    if value.tzinfo is None:
        raise ContractError(path, "must be an instant with a time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


# --- reading ----------------------------------------------------------------------------------------------------------


def decode(kind: str, version: int, data: bytes) -> object:
    """The message that `data` carries. ContractError when a field is unknown, missing, twice there or ill-typed."""
    return read(find(kind, version).message_class, data)


def read(message_class: type[T], data: bytes) -> T:
    """`data` as a frozen dataclass, by the same strict rules; for envelopes, which are no contracts themselves."""
    return typing.cast(T, _from_json(parse(data), message_class, ""))


def parse(data: bytes) -> object:
    """JSON without what JSON leaves open: no key twice, no NaN, UTF-8 only. ContractError when it is not that."""
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise ContractError("", "is not UTF-8") from None
    except ContractError:
        raise
    except (ValueError, RecursionError):  # from None: the original's text quotes the message
        raise ContractError("", "is not JSON") from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    seen = dict(pairs)
    if len(seen) != len(pairs):
        raise ContractError("", "names a field twice")
    return seen


def _no_constant(name: str) -> object:
    raise ContractError("", f"{name} is not a value")


def _from_json(value: object, hint: object, path: str) -> object:
    hint, may_be_none = _without_none(hint)
    if value is None and may_be_none:
        return None
    item = _item_of(hint)
    if item is not None:
        if not isinstance(value, list):
            raise ContractError(path, "must be a list")
        return tuple(_from_json(element, item, f"{path}[{i}]") for i, element in enumerate(value))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _object_from_json(value, hint, path)
    if hint is datetime:
        return _instant_from_json(value, path)
    if hint is date:
        return _date_from_json(value, path)
    if type(value) is not hint:  # `type is`, not isinstance: a bool is no int
        raise ContractError(path, f"must be {getattr(hint, '__name__', hint)}")
    if isinstance(value, int) and abs(value) > MAX_INT:
        raise ContractError(path, "is too large a number")
    if isinstance(value, str) and re.search("[\ud800-\udfff]", value):
        raise ContractError(path, "holds a lone surrogate and is not UTF-8")
    return value


def _object_from_json(value: object, message_class: type[object], path: str) -> object:
    if not isinstance(value, dict):
        raise ContractError(path, "must be an object")
    fields = _fields_of(message_class)
    for name in value:
        if name not in fields:
            raise ContractError(_join(path, name[:40]), "is an unknown field")
    for name in fields:
        if name not in value:
            raise ContractError(_join(path, name), "is missing")
    return message_class(**{name: _from_json(value[name], type_, _join(path, name)) for name, type_ in fields.items()})


def _instant_from_json(value: object, path: str) -> datetime:
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None or write_instant(instant) != value:
        raise ContractError(path, "must be an instant as YYYY-MM-DDThh:mm:ss.ffffff+00:00")
    return instant


def _date_from_json(value: object, path: str) -> date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ContractError(path, "must be a date as YYYY-MM-DD")


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
