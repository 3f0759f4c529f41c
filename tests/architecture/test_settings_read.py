"""設定の取決め — every setting that a city may change changes something: the product reads it. 標準1.3."""

import ast

from daicho.city.defaults import DEFAULTS
from tests.architecture.source import python_files, shown, tree_of


def test_宣言された設定は全て製品が読む():
    """An officer who enters a value and has it approved must not be told "done" by a key that nobody asks for."""
    read = {
        node.value
        for path in python_files("daicho")
        if not shown(path).startswith("daicho/city/defaults/")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = tuple(text for text in read if text.endswith("_of_"))  # the beginning of keys that are one for each certificate
    assert [key for key in DEFAULTS if key not in read and not key.startswith(made)] == []


def test_照合者と入力者が別であることは設定ではない():
    """F-1-02."""
    assert not any("examiner" in key for key in DEFAULTS)
