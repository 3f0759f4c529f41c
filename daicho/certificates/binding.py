"""結び付け — that the paper which leaves is the one that was asked for: request, people, versions and bytes tied by digests. A-05, S1-05.

The way of a paper: what was clicked is *asked*; from it a document is composed, printed, and put on record as a *bond*; right before its bytes are
shown, printed or sent, `mismatches` holds three things against one another that came there by different ways: the request at hand, the bond on
record, and the bytes. A bond is never changed, and a paper without one leaves by no door.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class OfPerson:
    """One of those whom a paper shows, and from which version (履歴番号)."""

    person: str
    history_no: int


@dataclass(frozen=True)
class Bond:
    """What is on record of one copy. All digests are SHA-256 in hex.

    `once` names the copy among all; `request`: of what was asked, by whom; `stamp`: of all that the copy says; `unsigned`: of the bytes as they were
    printed; `delivered`: of the bytes that leave, the same unless they are signed.
    """

    once: str
    request: str
    kind: str
    certificate_no: str
    people: tuple[OfPerson, ...]
    stamp: str
    unsigned: str
    delivered: str

    @property
    def digest(self) -> str:
        """Over everything that binds: kept beside it, so that a row changed afterwards is found."""
        people = [[one.person, one.history_no] for one in self.people]
        said = [self.once, self.request, self.kind, self.certificate_no, people, self.stamp, self.unsigned, self.delivered]
        return digest_of(json.dumps(said, separators=(",", ":")).encode())


@dataclass(frozen=True)
class Leaving:
    """What is about to leave, as it is found at the last hop: for which request and person ("" for a paper that shows no resident), the bytes, and the
    stamps read from them."""

    once: str
    request: str
    person: str
    delivered: str
    stamps: Collection[str]


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def request_digest(asked: Mapping[str, object]) -> str:
    """Of what was asked. `asked`: JSON values by name: who asks at which terminal under which visit, for whom, for what, chosen how."""
    return digest_of(json.dumps(asked, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def mismatches(bond: Bond, binding: str, leaving: Leaving) -> tuple[str, ...]:
    """The names of what does not fit; empty when this paper may leave for this request. `binding`: the bond's digest as it was recorded."""
    held = {
        "once": bond.once == leaving.once,
        "binding": bond.digest == binding,
        "request": bond.request == leaving.request,
        "person": any(one.person == leaving.person for one in bond.people) if bond.people else leaving.person == "",
        "bytes": bond.delivered == leaving.delivered,
        "stamp": set(leaving.stamps) == {bond.stamp},
    }
    return tuple(name for name, fits in held.items() if not fits)
