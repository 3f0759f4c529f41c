"""届書の読み — each kind of field, as the control that the screen draws for it sends it. F-1-04."""

from __future__ import annotations

import pytest

from daicho.residents.rules.definitions import Field, FieldKind
from daicho.residents.rules.reading import read_field
from daicho.ui.forms import BoundForm, FieldSpec, Kind

FLAG = Field("closed", "閉鎖", FieldKind.FLAG)


def test_付けた印は真と読む():
    """The screen's checkbox and the rule agree on the word."""
    drawn = BoundForm((FieldSpec("closed", "閉鎖", Kind.CHECKBOX),), {"closed": "yes"})["closed"]
    assert drawn.is_checked and read_field(FLAG, drawn.value) is True


@pytest.mark.parametrize("text", ["1", "on", "no", "いいえ"])
def test_画面の送らない文字は断る(text: str):
    with pytest.raises(ValueError, match="印を付けるか"):
        read_field(FLAG, text)
