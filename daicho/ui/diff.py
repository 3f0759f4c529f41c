"""前後の見比べ — two texts of an entry compared by code points, so that 髙 and 高, or 邉 and 邉󠄂, never pass for one another. F-1-02.

Pure. A piece of text is a grapheme as registers know it: a base character with its variation selectors and combining marks.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from daicho.values.search_key import SearchKind, search_key

_LONGEST_WITH_CODES = 6


class Change(Enum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Segment:
    """A stretch of both texts. `old_codes` and `new_codes` are filled where the eye may not see the difference."""

    change: Change
    old: str
    new: str
    old_codes: str = ""
    new_codes: str = ""


@dataclass(frozen=True)
class Compared:
    """One entry before and after."""

    old: str
    new: str
    segments: tuple[Segment, ...]

    @property
    def is_same(self) -> bool:
        return self.old == self.new

    @property
    def looks_alike(self) -> bool:
        """Whether some difference may be invisible; the view then shows the code points and says so."""
        return any(segment.old_codes or segment.new_codes for segment in self.segments)


def graphemes(text: str) -> list[str]:
    """The text cut into base characters, each with its selectors (U+FE00–FE0F, U+E0100–E01EF), joiners and combining marks."""
    found: list[str] = []
    for character in text:
        if found and (_is_extender(character) or found[-1].endswith("\u200d")):
            found[-1] += character
        else:
            found.append(character)
    return found


def _is_extender(character: str) -> bool:
    code = ord(character)
    return (
        0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
        or character in "\u200d\u200c\u3099\u309a"
        or unicodedata.category(character) in ("Mn", "Mc", "Me")
    )


def code_points(text: str) -> str:
    """「邉󠄂」→「U+9089 U+E0102」."""
    return " ".join(f"U+{ord(character):04X}" for character in text)


def compare(old: str, new: str) -> Compared:
    """Old and new as segments. Texts that differ only in what is folded for searching, or in spaces, get their code points."""
    before, after = graphemes(old), graphemes(new)
    segments = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal":
            segments.append(Segment(Change.SAME, removed, added))
        else:
            change = {"replace": Change.REPLACED, "delete": Change.REMOVED, "insert": Change.ADDED}[tag]
            shows = _may_look_alike(removed, added)
            segments.append(Segment(change, removed, added, code_points(removed) if shows else "", code_points(added) if shows else ""))
    return Compared(old, new, tuple(segments))


def _may_look_alike(removed: str, added: str) -> bool:
    """Whether the two may be drawn alike: same when folded (width, selectors, 異体字), or nothing but blanks and marks."""
    if max(len(graphemes(removed)), len(graphemes(added))) > _LONGEST_WITH_CODES:
        return False
    return _bare(removed) == _bare(added)


def _bare(text: str) -> str:
    without_marks = "".join(grapheme[0] for grapheme in graphemes(text))
    return search_key("".join(unicodedata.normalize("NFKC", without_marks).split()), SearchKind.NAME)
