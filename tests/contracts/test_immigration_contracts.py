"""入管庁との電文 — golden files, and that the messages are what the layouts name. 入管法61条の8の2; 住基法30条の50; G-24; N-4.5.7-01."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from daicho.contracts import encode
from daicho.contracts.commissioner_notice_v1 import CommissionerNoticeV1
from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.contracts.immigration_result_v1 import ImmigrationResultV1
from tests.contracts.golden import assert_golden
from tests.contracts.immigration_samples import EXTENDED, RELOCATED, RESULT

LAYOUTS = Path(__file__).parents[2] / "layouts"


@pytest.mark.parametrize("message", [RELOCATED, RESULT, EXTENDED], ids=lambda m: type(m).__name__)
def test_電文は最初に送った形のままである(message):
    assert_golden(message)


@pytest.mark.parametrize(
    ("name", "contract"),
    [("immigration_notice", ImmigrationNoticeV1), ("immigration_result", ImmigrationResultV1), ("commissioner_notice", CommissionerNoticeV1)],
)
def test_電文は電文仕様の項目と順序のとおりである(name, contract):
    with (LAYOUTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert [field.name for field in fields(contract)] == [row["identifier"] for row in csv.DictReader(file)]


def test_入管庁へは個人番号も住民票コードも世帯も通称も知らせない():
    """入管法61条の8の2: 氏名, 生年月日, 性別, 国籍・地域, 住居地, 在留カード等の番号, and no more of the 住民票."""
    told = {field.name for field in fields(ImmigrationNoticeV1)}
    assert not [name for name in told if any(word in name for word in ("individual", "juminhyo", "household", "relationship", "alias"))]
    assert b"AB12345678CD" in encode(RELOCATED)
