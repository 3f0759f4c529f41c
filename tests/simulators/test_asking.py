"""情報照会の代役 — what the core can be told to ask, and that it opens only what was made for its asker. G-19."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from simulators.asking import FAULTS, Ask, BadAsk, CannotOpen, open_answer, question_of

NOW = datetime(2026, 4, 10, 3, 0, tzinfo=UTC).timestamp()
TOLD = {
    "inquirer_code": "C1", "affair_code": "O2-48", "item_no": "48", "procedure_code": "O2-48-01", "information_code": "JUMINHYO", "linkage_code": "0" * 32,
}  # fmt: skip
CORE = Ed25519PrivateKey.generate()


def test_質問と許可証は同じことを言い許可証は十分間有効():
    asked = question_of(Ask.of(TOLD), CORE, NOW)
    question, permit = asked.question, asked.question["permit"]
    assert all(permit[name] == question[name] for name in ("inquirer_code", "affair_code", "item_no", "asked_at", "route"))
    assert (permit["issued_at"], permit["expires_at"]) == ("2026-04-10T03:00:00.000000+00:00", "2026-04-10T03:10:00.000000+00:00")
    assert len(base64.b64decode(permit["signature"])) == 64


def test_照会ごとに鍵も番号も経路も新しい():
    one, other = (question_of(Ask.of(TOLD), CORE, NOW).question for _ in range(2))
    assert all(one[name] != other[name] for name in ("question_id", "inquirer_public_key", "route"))
    assert one["permit"]["permit_no"] != other["permit"]["permit_no"]


@pytest.mark.parametrize("fault", FAULTS)
def test_どの誤りも正しい照会とどこかが違う(fault):
    asked = question_of(Ask.of({**TOLD, "fault": fault}), CORE, NOW)
    right = question_of(Ask.of(TOLD), CORE, NOW)
    fixed = ("item_no", "linkage_code", "asked_at", "inquirer_public_key")
    differs = (
        any(asked.question[name] != right.question[name] for name in fixed[:3]) or asked.question["inquirer_public_key"] == base64.b64encode(bytes(32)).decode()
    )
    permit, right_permit = asked.question["permit"], right.question["permit"]
    differs |= any(permit[name] != right_permit[name] for name in ("issued_at", "asked_at")) or fault == "wrong_signature"
    assert differs


@pytest.mark.parametrize("told", [None, {}, {**TOLD, "king": "x"}, {**TOLD, "item_no": 48}, {**TOLD, "fault": "unheard of"}])
def test_足りない又は知らない注文は断る(told):
    with pytest.raises(BadAsk):
        Ask.of(told)


def test_署名の合わない回答は開かない():
    asked = question_of(Ask.of(TOLD), CORE, NOW)
    signed = {"question_id": "x", "signature": base64.b64encode(bytes(64)).decode()}
    with pytest.raises(CannotOpen, match="signature"):
        open_answer(asked, signed, b"", {}, CORE.public_key())
