"""発行抑止の電文 — golden file; and that no room is told why. 標準仕様3.1 (N-3.1-10, -18, -19), 3.4."""

from __future__ import annotations

from dataclasses import fields

from daicho.contracts.issue_block_v1 import BlockedPerson, IssueBlockV1
from tests.contracts import block_samples
from tests.contracts.golden import assert_golden


def test_電文は最初に送った形のままである():
    assert_golden(block_samples.BLOCK)


def test_誰かといつからかだけで理由も一時解除も持たない():
    """N-3.1-10: a lift has no place in it; std 3.4: 支援措置 looks like any other reason."""
    told = [field.name for contract in (IssueBlockV1, BlockedPerson) for field in fields(contract)]
    assert told == ["at", "persons", "person_key", "prohibited_from"]
