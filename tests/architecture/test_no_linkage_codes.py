"""符号を持たない — no table but 中間サーバー's own and no layout has a place for a linkage code. C-07, F-1-56."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.apps import apps

LAYOUTS = sorted((Path(__file__).resolve().parents[2] / "layouts").glob("*.csv"))


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
    assert items and [item for item in items if "符号" in item] == []
