"""他人の証明書が出ない、本物の印刷で — threads that share one press, each with its own person's paper; 100,000 in `make soak`. A-05, S1-05; decision 0045."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from daicho.certificates import TEMPLATES
from daicho.certificates.city_texts import CityTexts
from daicho.paper.press import Press
from tests.certificates.printing import named, print_at_once
from tests.paper import tools

pytestmark = pytest.mark.font
PAPERS = 2_000
READ = 100  # one of so many is read by a reader of PDF that did not make it


def test_二千通を同時に刷ってもどれもその人の紙である(press: Press, city: CityTexts, tmp_path: Path):
    read = 0
    for number, document, pdf, stamp in print_at_once(press, city, range(PAPERS)):
        assert stamp == document.stamp, number
        if number % READ == 0:
            text = re.sub(r"\s", "", tools.text_of(pdf, tmp_path, "-raw"))
            assert [other for other in range(number - 2, number + 3) if named(other) in text] == [number]
            read += 1
    assert read == PAPERS // READ


def test_どの様式も刻印を文書に残す():
    """What a template forgets would never leave: the press would be thought to have mixed papers up."""
    documents = {file.name: file.read_text("utf-8") for file in TEMPLATES.glob("*.typ")}
    setting = {name for name, text in documents.items() if "set document(" in text}
    assert setting
    assert {name for name in setting if "keywords: (data.stamp,)" not in documents[name]} == set()
