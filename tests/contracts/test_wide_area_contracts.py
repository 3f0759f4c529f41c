"""広域交付の電文 — golden files, the layouts that the other city reads beside us, and what can never be told. 法12条の4; N-7.1.1.1-05."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from daicho.contracts.base import definition_of
from daicho.contracts.wide_area_v1 import WideAreaCopy, WideAreaPerson
from tests.contracts.golden import assert_golden
from tests.contracts.wide_area_samples import ANSWER, QUESTION

LAYOUTS = Path(__file__).parents[2] / "layouts"


def identifiers(name: str) -> list[str]:
    with (LAYOUTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row["identifier"] for row in csv.DictReader(file)]


@pytest.mark.parametrize(("message", "category"), [(QUESTION, "question"), (ANSWER, "answer")])
def test_照会と回答は最初に送った形のままである(message, category):
    assert definition_of(message).category == category
    assert_golden(message)


def test_広域交付住民票情報は電文仕様の項目と順序のとおりである():
    assert [field.name for field in fields(WideAreaPerson)] == identifiers("wide_area_person")
    assert [field.name for field in fields(WideAreaCopy)] == [*identifiers("wide_area_copy"), "people"]


def test_本籍も筆頭者も個別記載事項も履歴も載せる場所がない():
    """法12条の4第4項: left out by law; so it cannot slip in."""
    names = {field.name for field in (*fields(WideAreaPerson), *fields(WideAreaCopy))}
    assert not {name for name in names if any(word in name for word in ("domicile", "family_register", "nhi", "pension", "history", "remark", "removal"))}


def test_照会に載る番号はカードの番号一つだけである():
    assert [QUESTION.juminhyo_code, QUESTION.individual_number].count(None) == 1
