"""要件の一覧は真か — docs/requirements.csv names every requirement once, and what it calls shown is shown. design §1."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from daicho.site import requirements

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT.parent / "shared" / "spec"


def test_一覧は試験と食い違わない():
    assert requirements.problems(requirements.read(ROOT / "docs" / "requirements.csv"), requirements.citations(ROOT)) == []


@pytest.mark.skipif(not SPEC.is_dir(), reason="the requirements' source is not beside this checkout")
def test_どの要件も一覧にある():
    with (SPEC / "standard_requirements.csv").open(encoding="utf-8-sig", newline="") as rows:
        wanted = {row["id"] for row in csv.DictReader(rows)}
    wanted |= set(re.findall(r"^\| \**([A-H]-(?:R?\d+|\d-\d+)|S\d-\d+)\** \|", (SPEC / "requirements.md").read_text(encoding="utf-8"), re.M))
    listed = {row.id for row in requirements.read(ROOT / "docs" / "requirements.csv")}
    assert wanted - listed == set()


def test_略した番号も読める():
    assert list(requirements.cited_in("N-4.0.8-12, -13; F-1-02. N-1.1.1-02…-04 and D-R1")) == [
        "N-4.0.8-12", "N-4.0.8-13", "F-1-02", "N-1.1.1-02", "N-1.1.1-03", "N-1.1.1-04", "D-R1",
    ]  # fmt: skip


def test_嘘の行は見つかる():
    cited = {"F-1-02": ["tests/a.py::test_b"]}
    rows = [requirements.Row("F-1-02", test="tests/a.py::test_c", status="shown"), requirements.Row("F-1-03", status="declined"), requirements.Row("F-1-03")]
    assert len(requirements.problems(rows, cited)) == 4
    assert requirements.problems([], {"F-9-99": ["tests/a.py::test_b"]}) == ["F-9-99: cited by tests/a.py::test_b, but there is no such requirement"]
