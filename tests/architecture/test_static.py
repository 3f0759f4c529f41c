"""静的ファイルの取決め — scripts are served under names with their digests, and each runs once in a page. 設計7章."""

import re

from tests.architecture.source import ROOT, shown

IMPORT = re.compile(r"^\s*(import\b|export\b.*\bfrom\b)|\bimport\(", re.M)


def test_スクリプトは互いを読み込まない():
    """An import names the file without its digest: the browser would run the same script a second time, and press every function key twice."""
    scripts = list((ROOT / "daicho").rglob("static/**/*.js"))
    assert scripts
    assert [shown(path) for path in scripts if IMPORT.search(path.read_text(encoding="utf-8"))] == []
