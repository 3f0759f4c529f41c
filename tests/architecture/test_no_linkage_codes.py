"""符号を持たない — no table, layout or program but 中間サーバー's own has a place for a linkage code. C-07, F-1-56."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.source import python_files, shown

LAYOUTS = sorted((Path(__file__).resolve().parents[2] / "layouts").glob("*.csv"))
MAY_NAME_IT = ("daicho/chukan/", "daicho/vault/kinds.py")


def test_どの表にも符号の列がない():
    """C-07, F-1-56: 中間サーバー alone keeps them."""
    models = [model for model in apps.get_models() if model._meta.app_label != "chukan"]
    names = [f"{model.__name__}.{field.name} {field.verbose_name}" for model in models for field in model._meta.concrete_fields]
    assert len(names) > 250
    assert [name for name in names if "符号" in name or "linkage_code" in name] == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_どの様式にも符号の項目がない(layout: Path):
    """C-07."""
    with layout.open(encoding="utf-8-sig", newline="") as rows:
        items = [" ".join(str(value) for value in row.values()) for row in csv.DictReader(rows)]
    assert items and [item for item in items if "符号" in item or "linkage_code" in item] == []


def test_金庫の符号を使うのは中間サーバーだけ():
    """F-1-56: the vault has a kind for them, and no other room's code names it."""
    named = [shown(path) for path in python_files("daicho") if "LINKAGE_CODE" in path.read_text(encoding="utf-8")]
    assert named and [path for path in named if not path.startswith(MAY_NAME_IT)] == []
