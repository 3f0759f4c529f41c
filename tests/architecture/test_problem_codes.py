"""エラー・アラートの符号 — every code of the catalogue is made somewhere and provoked by a test, and no other code is made. std 11.1 (N-11.1-02, -05)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from daicho.residents.rules.problems import CATALOGUE
from tests.architecture.source import python_files, tree_of

CODE = re.compile("[A-Z][0-9]{3}")
LIST = "test_listed_problems.py"  # says which code is meant by which item of the standard, and provokes none


def codes_in(package: str) -> Iterator[str]:
    """Every text of the shape of a code that stands in the code of a package."""
    for path in python_files(package):
        if path.name != LIST:
            yield from (n.value for n in ast.walk(tree_of(path)) if isinstance(n, ast.Constant) and isinstance(n.value, str) and CODE.fullmatch(n.value))


def test_どの符号も試験で出る():
    """A code that no test names is shown by nothing."""
    assert CATALOGUE.keys() - set(codes_in("tests/residents")) == set()


def test_目録の符号と使われている符号は同じである():
    assert set(codes_in("daicho/residents")) == CATALOGUE.keys()
