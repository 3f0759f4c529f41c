"""転出証明書情報の電文 — golden files, and the layouts that the other city reads beside us. G-11, S2-03."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from daicho.contracts.base import definition_of
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutPerson
from tests.contracts.golden import assert_golden
from tests.contracts.move_out_samples import ANSWER, QUESTION

LAYOUTS = Path(__file__).parents[2] / "layouts"


def identifiers(name: str) -> list[str]:
    with (LAYOUTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row["identifier"] for row in csv.DictReader(file)]


@pytest.mark.parametrize(("message", "category"), [(QUESTION, "question"), (ANSWER, "answer")])
def test_照会と回答は最初に送った形のままである(message, category):
    assert definition_of(message).category == category
    assert_golden(message)


def test_転出証明書情報は電文仕様の項目と順序のとおりである():
    assert [field.name for field in fields(MoveOutPerson)] == identifiers("move_out_person")
    assert [field.name for field in fields(MoveOutCertificate)] == [*identifiers("move_out_certificate"), "people"]


def test_照会に載る番号はカードの番号一つだけである():
    """番号法: a contract carries no number beyond the receiving room's own items."""
    assert {field.name for field in fields(QUESTION)} & {"juminhyo_code", "individual_number"} == {"juminhyo_code", "individual_number"}
    assert [QUESTION.juminhyo_code, QUESTION.individual_number].count(None) == 1
