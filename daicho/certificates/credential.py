"""検証可能な証明データ — what a copy says, as claims that its holder can show one by one: 生年月日 alone, 住所 alone. SD-JWT VC (IETF); decision 0046.

Made from the composed document and from nothing else, so that the data say what the paper would. 個人番号 and 住民票コード are never among the claims: who
is shown a claim may keep it, and these two may be kept by those alone whom a law names (番号法20条, 法30条の38).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from daicho.certificates.document import Document

NEVER = frozenset({"individual_number", "juminhyo_code"})


@dataclass(frozen=True)
class Claims:
    """`open`: what every verifier is told of the copy, nothing about a person. `people`: by person in the order of the paper, (key, printed text)
    of each entry, each to be shown or kept back."""

    type: str
    open: tuple[tuple[str, str], ...]
    people: tuple[tuple[tuple[str, str], ...], ...]


def claims_of(document: Document, not_said: Collection[str] = ()) -> Claims:
    """The claims of a copy. `not_said`: printed texts that say that nothing is said (【省略】)."""
    people: dict[int, list[tuple[str, str]]] = {}
    for cell in document.cells():
        place, _, key = cell.key.rpartition(".")
        if key not in NEVER and cell.text and cell.text not in not_said:
            people.setdefault(int(place or 0), []).append((key, cell.text))
    said = (("issue_number", document.page_mark), ("issued_on", document.dated.isoformat()), ("tally", document.tally), ("content_digest", document.stamp))
    return Claims(document.code, said, tuple(tuple(people[place]) for place in sorted(people)))
