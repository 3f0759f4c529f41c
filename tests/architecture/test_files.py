"""書き方の取決め — size, names, first lines, and what no file may do. house style 4, 8, 11."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, python_files, shown, tree_of

MOST_LINES = 350  # "about 300"
MOST_LINES_OF_A_FUNCTION = 60  # "about 40"
DRAWERS = {"util", "utils", "helper", "helpers", "misc", "common", "part2"}

# What asks the operating system for the time. Only the clock does, and the launcher, which runs before there is one.
TELLS_TIME = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("timezone", "now"), ("time", "time")}
MAY_TELL_TIME = ("daicho/clock/", "daicho/site/launch/", "daicho/site/logs.py")


@pytest.mark.parametrize("path", python_files(), ids=shown)
def test_長すぎない(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_関数は一目で読める長さ():
    long = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in python_files("daicho", "simulators", "synthetic")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_何でも入れる引き出しを作らない():
    assert [shown(path) for path in python_files() if DRAWERS & {path.stem, path.parent.name}] == []


def test_最初の行が何であるかを言う():
    silent = [shown(path) for path in python_files("daicho", "simulators", "synthetic") if path.stat().st_size and not ast.get_docstring(tree_of(path))]
    assert silent == []


def test_時刻は時計だけに聞く():
    """設計8章: one clock per process."""
    asked = [
        f"{shown(path)}:{node.lineno}"
        for path in python_files("daicho")
        if not shown(path).startswith(MAY_TELL_TIME)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in TELLS_TIME
    ]
    assert asked == []


def test_信号を書込みの道にしない():
    """house style 8: no signals."""
    marks = re.compile(r"\b(post_save|pre_save|post_delete|pre_delete|m2m_changed)\b")
    assert [shown(path) for path in python_files("daicho") if marks.search(path.read_text(encoding="utf-8"))] == []


def test_やり残しの印がない():
    mark = re.compile(r"\b(TODO|FIXME|XXX)\b")
    assert [shown(path) for path in python_files() if path.name != "test_files.py" and mark.search(path.read_text(encoding="utf-8"))] == []


def test_画面は外へ何も取りに行かない():
    """The terminals have no way out. Namespaces are names, not addresses."""
    outward = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[\w.-]+\.[a-z]{2,}""")
    found = []
    for path in sorted((ROOT / "daicho").rglob("*")):
        if path.suffix in (".html", ".css", ".js", ".svg") and path.is_file():
            found += [f"{shown(path)}: {hit.group()}" for hit in outward.finditer(path.read_text(encoding="utf-8"))]
    assert found == []
