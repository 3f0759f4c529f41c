"""付番と名寄せ — whether a person who is told of is known, is joined to a number that is there, or is numbered anew. 番号法第9条; S4-01.

Numbers are never merged here: who names a 個人番号 that another person holds is a clerk's to decide (rules/doubles.py).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Holder:
    """Who has the 個人番号 that was named: now (`is_current`), or had it before it was changed."""

    person_id: int
    is_current: bool
    known_here: bool
    """The affair that speaks knows this person already, under another 宛名番号 of its own."""


@dataclass(frozen=True)
class Joining:
    """`person_id` None: a new person. `links`: the affair's 宛名番号 is new. `takes_number`: the 個人番号 named becomes the current one."""

    person_id: int | None
    links: bool = False
    takes_number: bool = False
    disputed_with: int | None = None


def join(linked: int | None, holder: Holder | None, *, names_number: bool, is_late: bool = False) -> Joining:
    """`linked`: whom the affair's 宛名番号 belongs to, if anybody. `is_late`: a later message about them has come already; it changes nothing then."""
    if linked is None:
        if holder is None:
            return Joining(None, links=True, takes_number=names_number)
        if holder.is_current and not holder.known_here:
            return Joining(holder.person_id, links=True)
        return Joining(None, links=True, disputed_with=holder.person_id)
    if is_late or not names_number:
        return Joining(linked)
    if holder is None or holder.person_id == linked:
        return Joining(linked, takes_number=holder is None or not holder.is_current)
    return Joining(linked, disputed_with=holder.person_id)
