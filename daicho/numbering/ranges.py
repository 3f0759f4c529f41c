"""番号の範囲 — which numbers of a series are accounted for, and which are not. Pure. 標準1.1.13."""

from __future__ import annotations

from collections.abc import Iterable

Range = tuple[int, int]  # first and last, both included


def missing(last_no: int, accounted: Iterable[Range]) -> list[Range]:
    """The ranges from 1 to `last_no` that none of `accounted` holds; these may overlap and come in any order."""
    found = []
    following = 1
    for first, last in sorted(accounted):
        if first > last_no:
            break
        if first > following:
            found.append((following, first - 1))
        following = max(following, last + 1)
    return [*found, (following, last_no)] if following <= last_no else found
