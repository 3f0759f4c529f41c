"""処理の試験の支度 — the rooms' own jobs stand aside, so that a test sees only those it registers."""

from __future__ import annotations

import pytest

from daicho.jobs import registry


@pytest.fixture(autouse=True)
def no_other_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_jobs", {})
