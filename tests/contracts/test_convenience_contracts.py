"""コンビニ交付の電文 — golden files, and that konbini is told nothing beyond what a shop's paper can show. S5-01…S5-03; G-21."""

import csv
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from daicho.contracts.certificate_data_v1 import CertifiedEntries, CertifiedPerson
from daicho.contracts.certificate_hold_v1 import CertificateHoldV1
from daicho.contracts.convenience_v1 import ConvenienceAnswerV1, ConvenienceQuestionV1
from daicho.konbini.rules.refusal import ISSUED, Refusal
from tests.contracts import convenience_samples as samples
from tests.contracts.golden import assert_golden

LAYOUTS = Path(__file__).parents[2] / "layouts"
MESSAGES = (samples.DATA, samples.HOLD, samples.LOST, samples.HEARTBEAT, samples.QUESTION, samples.ANSWER, samples.ISSUED)


def _rows(name: str) -> list[dict[str, str]]:
    with (LAYOUTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: type(m).__name__)
def test_電文は最初に送った形のままである(message):
    assert_golden(message)


@pytest.mark.parametrize(("name", "contract"), [("convenience_question", ConvenienceQuestionV1), ("convenience_answer", ConvenienceAnswerV1)])
def test_センターとの電文は電文仕様の項目と順序のとおりである(name, contract):
    assert [field.name for field in fields(contract)] == [row["identifier"] for row in _rows(name)]


def test_取込みの様式は証明データの項目を過不足なく持つ():
    """S5-01: the file of the first load says what the notices say, and nothing else."""
    told = [field.name for field in fields(CertifiedPerson) if field.name != "entries"] + [field.name for field in fields(CertifiedEntries)]
    assert [row["identifier"] for row in _rows("certificate_data")] == told


def test_証明データに店舗の証明書に載らないものはない():
    """domain §4.6: no 個人番号, no 住民票コード, no 在留カード番号, no 履歴, no 個別記載事項; and no reason of a 発行禁止 (std 3.4)."""
    told = {field.name for contract in (CertifiedPerson, CertifiedEntries) for field in fields(contract)}
    never = (
        "individual_number",
        "juminhyo_code",
        "residence_card_no",
        "basic_pension",
        "nhi",
        "ltc",
        "electoral",
        "alias_history",
        "reason",
        "warning",
        "sticky",
        "asserts",
    )
    assert [name for name in told for part in never if part in name] == []


def test_仮登録中の印は誰かと有無だけで届出の中身を持たない():
    """F-1-02: nothing of a filing leaves before 本登録 (decision 0016)."""
    assert get_type_hints(CertificateHoldV1) == {"atena_nos": tuple[str, ...], "is_held": bool}


def test_断りの符号はセンターとの符号表のとおりである():
    rows = {row["code"]: (row["identifier"], row["ja"]) for row in _rows("codes") if row["list"] == "convenience_result"}
    assert rows == {ISSUED: ("issued", "交付"), **{refusal.value: (refusal.name.lower(), refusal.ja) for refusal in Refusal}}


def test_人についての断りは端末ではどれも同じ文である():
    """std 3.4, domain §7: whoever holds the card does not learn at the terminal why, and least of all that somebody is protected."""
    about_a_person = [Refusal.PROHIBITED, Refusal.PROVISIONAL, Refusal.LEAVING, Refusal.REMOVED, Refusal.UNPRINTABLE, Refusal.LAGGING, Refusal.NOBODY]
    assert len({refusal.message for refusal in about_a_person}) == 1
    assert not [refusal for refusal in Refusal if "支援" in refusal.message or "抑止" in refusal.message or "禁止" in refusal.message]
