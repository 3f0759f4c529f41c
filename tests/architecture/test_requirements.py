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
    assert requirements.problems(requirements.read(ROOT / "docs" / "requirements.csv"), requirements.citations(ROOT), ROOT) == []


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
    rows = [
        requirements.Row("F-1-02", "daicho/nowhere", "tests/a.py::test_c", "shown"), requirements.Row("F-1-02", "daicho", "tests/a.py::test_b", "partly"),
        requirements.Row("F-1-03", status="declined"), requirements.Row("F-1-03"),
    ]  # fmt: skip
    assert requirements.problems(rows, cited, ROOT) == [
        "F-1-02: named twice", "F-1-02: named twice", "F-1-03: named twice", "F-1-03: named twice",
        "F-1-02: shown by tests/a.py::test_c, which does not exist or does not cite it", "F-1-02: done in daicho/nowhere, which does not exist",
        "F-1-02: partly without a note", "F-1-03: declined without a note",
    ]  # fmt: skip
    assert requirements.problems([], {"F-9-99": ["tests/a.py::test_b"]}, ROOT) == ["F-9-99: cited by tests/a.py::test_b, but there is no such requirement"]


def test_試験が名を挙げただけでは示されたことにならない():
    cited = {"F-1-02": ["tests/a.py::test_b"], "F-1-03": ["tests/a.py::test_b"]}
    rows = [requirements.Row("F-1-02"), requirements.Row("F-1-03", "daicho", "tests/old.py::test_b", "shown")]
    assert requirements.follow(rows, cited) == [rows[0], requirements.Row("F-1-03", "daicho", "tests/a.py::test_b", "shown")]
