"""受信箱の電文 — golden files, and that the answer has the items of its layout. 法9条2項, 19条2項; domain §9."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from daicho.contracts import ContractError, decode, encode
from daicho.contracts.moving_answer_v1 import MovingAnswerV1
from tests.contracts import inbox_samples
from tests.contracts.golden import assert_golden

LAYOUT = Path(__file__).parents[2] / "layouts" / "moving_answer.csv"


@pytest.mark.parametrize(
    "message",
    [inbox_samples.MARRIAGE, inbox_samples.APPLICATION, inbox_samples.WITHDRAWAL, inbox_samples.ANSWER],
    ids=lambda m: type(m).__name__,
)
def test_電文は最初に送った形のままである(message):
    assert_golden(message)


def test_回答は電文仕様の項目と順序のとおりである():
    with LAYOUT.open(encoding="utf-8", newline="") as file:
        assert [field.name for field in fields(MovingAnswerV1)] == [row["identifier"] for row in csv.DictReader(file)]


def test_申請に番号の欄はなく知らない項目は読まれない():
    """番号法19条: 引越しOSS hands over no number; one that is slipped in is not read."""
    data = encode(inbox_samples.APPLICATION).replace(b'"application_no":', b'"individual_number":"1","application_no":')
    with pytest.raises(ContractError, match="unknown field"):
        decode("moving_application", 1, data)
