"""部外者 — `make day` knows of daicho only what everybody sees: it imports nothing of the house and no database driver."""

import ast
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "scenarios"
OURS = {"daicho", "simulators", "synthetic", "tests", "bench", "django", "psycopg", "sqlite3"}


def imported(file: Path) -> set[str]:
    """The top packages that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, file
            found.add((node.module or "").split(".")[0])
    return found


def test_家の中のものを何も使わない():
    files = list(FOLDER.rglob("*.py"))
    assert len(files) > 10
    assert {file.name: imported(file) & OURS for file in files if imported(file) & OURS} == {}


def test_標準の部品だけで動く():
    import sys

    used = set().union(*(imported(file) for file in FOLDER.rglob("*.py"))) - {"scenarios"}
    assert used <= sys.stdlib_module_names
