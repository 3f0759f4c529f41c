"""中間サーバーの電文 — golden files, and that a replica holds 住民票関係情報 and no number. S1-10, S4-05; G-14, G-18, G-19, G-20."""

import csv
from dataclasses import fields
from pathlib import Path

import pytest

from daicho.contracts import ContractError, decode, encode
from daicho.contracts.code_acquisition_v1 import CodeAcquisitionV1
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.provision_answer_v1 import ProvisionAnswerV1
from daicho.contracts.provision_release_v1 import ProvisionReleaseV1
from daicho.contracts.replica_v1 import ReplicaV1
from tests.contracts import chukan_samples
from tests.contracts.golden import assert_golden

LAYOUTS = Path(__file__).parents[2] / "layouts"


def _rows(name: str) -> list[dict[str, str]]:
    with (LAYOUTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MESSAGES = (
    chukan_samples.REPLICA, chukan_samples.CODE_REQUEST, chukan_samples.ACQUISITION, chukan_samples.LINKAGE_CODE, chukan_samples.QUESTION,
    chukan_samples.ANSWER, chukan_samples.RELEASE,
)  # fmt: skip


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: type(m).__name__)
def test_電文は最初に送った形のままである(message):
    assert_golden(message)


@pytest.mark.parametrize(("name", "contract"), [("replica", ReplicaV1), ("code_acquisition", CodeAcquisitionV1), ("provision_release", ProvisionReleaseV1)])
def test_電文は様式の項目と順序のとおりである(name, contract):
    assert [field.name for field in fields(contract)] == [row["identifier"] for row in _rows(name)]


def test_符号は情報連携の電文だけが運ぶ():
    """F-1-56: neither what atena sends nor what chukan sends out has a place for one."""
    outward = (ReplicaV1, CodeRequestV1, CodeAcquisitionV1, ProvisionAnswerV1, ProvisionReleaseV1)
    assert not [field.name for contract in outward for field in fields(contract) if "linkage_code" in field.name]


def test_副本は住民票関係情報の1から18だけを持ち番号と年齢を持たない():
    """S1-10, F-1-56: items 1–18 without 4 年齢, 13 住民票コード and 14 個人番号."""
    assert [int(row["file_item"]) for row in _rows("replica") if row["file_item"]] == [n for n in range(1, 19) if n not in (4, 13, 14)]


def test_住民票コードや個人番号を加えた副本は読まれない():
    for name in ("juminhyo_code", "individual_number"):
        data = encode(chukan_samples.REPLICA).replace(b'"address":', b'"%s":"1","address":' % name.encode())
        with pytest.raises(ContractError, match="unknown field"):
            decode("replica", 1, data)
