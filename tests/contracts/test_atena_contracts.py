"""統合宛名の電文 — golden files, and that no more than the basic items and 住民票関係情報 travels. F-1-07; S1-10; G-17, G-30."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from daicho.contracts import ContractError, decode, encode
from daicho.contracts.atena_by_integrated_question_v1 import AtenaByIntegratedQuestionV1
from daicho.contracts.atena_info_v1 import AtenaInfoV1, AtenaPerson, JuminhyoItems
from daicho.contracts.atena_question_v1 import AtenaAnswerV1, AtenaBasics, AtenaQuestionV1
from tests.contracts import atena_samples
from tests.contracts.golden import assert_golden

LAYOUTS = Path(__file__).parents[2] / "layouts"


def _layout(name: str) -> list[str]:
    with (LAYOUTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row["identifier"] for row in csv.DictReader(file)]


def names(message_class: type) -> set[str]:
    return {field.name for field in fields(message_class)}


@pytest.mark.parametrize(
    "message", [atena_samples.MOVE_IN, atena_samples.INQUIRY, atena_samples.ANSWER, atena_samples.BY_INTEGRATED], ids=lambda m: type(m).__name__
)
def test_電文は最初に送った形のままである(message):
    assert_golden(message)


def test_宛名情報は基本の項目と住民票関係情報だけを持つ():
    """S1-10, F-1-07: 宛名番号, 個人番号, 5情報 and the removal; beside them what the replica needs, and nothing else."""
    basics = {"name", "name_furigana", "birth_date", "sex_code", "address"}
    assert names(AtenaPerson) == {"atena_no", "individual_number", *basics, "removed_on", "juminhyo"}
    heading = {"municipality_code", "integrated_atena_no", "as_of", "state", "removed_on"}  # set by atena, or beside `juminhyo`
    in_other_words = {"name_kanji", "name_kana", "birth_date", "sex_code", "address"}
    assert names(JuminhyoItems) == set(_layout("replica")) - heading - in_other_words


def test_回答は基本の項目だけを持ち個人番号を返さない():
    """F-1-07, S4-03."""
    assert names(AtenaAnswerV1) == {"question_id", "result", "integrated_atena_no", "basics", "state", "removed_on"}
    assert names(AtenaBasics) == {"name", "name_furigana", "birth_date", "sex_code", "address"}


@pytest.mark.parametrize("contract", [AtenaInfoV1, AtenaPerson, JuminhyoItems, AtenaQuestionV1, AtenaAnswerV1, AtenaByIntegratedQuestionV1])
def test_住民票コードも符号も運ばない(contract):
    """F-1-56, F-2-04."""
    assert not {name for name in names(contract) if "juminhyo_code" in name or "linkage" in name}


def test_知らない項目のある宛名情報は読まれない():
    data = encode(atena_samples.MOVE_IN).replace(b'"address":', b'"nationality_code":"VNM","address":')
    with pytest.raises(ContractError, match="unknown field"):
        decode("atena_info", 1, data)
