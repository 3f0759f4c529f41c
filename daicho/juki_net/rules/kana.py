"""清音化 — item 5 of file (2), derived from the furigana: voiced and small kana as plain ones. spec/items_identity_confirmation.csv 5.

The rule of the 市町村CS is not public; this one is ours (濁点・半濁点を取り、小書きを大きくし、空白と中点を除く). Replace it here.
"""

from __future__ import annotations

import unicodedata

_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ", "アイウエオツヤユヨワカケあいうえおつやゆよわ")
_DROPPED = dict.fromkeys(map(ord, "\u3099\u309a \u3000・"))


def normalised(furigana: str | None) -> str | None:
    """`furigana` without marks of voicing, small kana, spaces and middle dots; None when there is none."""
    if furigana is None:
        return None
    # Taken apart only to lose the marks: the kana themselves have no other decomposition, so nothing need be put together again.
    return unicodedata.normalize("NFD", furigana).translate(_DROPPED).translate(_LARGE)
