"""差込み — a city's text of a letter with the names of items in braces, which each letter fills: 「{届出日}に{異動事由}の届出を受理しました。」"""

from __future__ import annotations

import re
from collections.abc import Mapping

_FILL = re.compile(r"\{([^{}\n]*)\}")
_BRACES = re.compile(r"[{}｛｝]")


def faults_of(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """What in this text would not be filled: names that the letter does not know, as they stand; lone or full-width braces. () when all is well."""
    unknown = [found[0] for found in _FILL.finditer(text) if found[1] not in known]
    return tuple(dict.fromkeys((*unknown, *_BRACES.findall(_FILL.sub("", text)))))


def filled(text: str, fills: Mapping[str, str]) -> str:
    """The text with every name replaced by what it says here. What is put in is never read again. KeyError for a name that is not given."""
    return _FILL.sub(lambda found: fills[found[1]], text)
