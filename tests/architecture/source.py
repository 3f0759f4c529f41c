"""調べる対象 — the files that the architecture tests look at."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("daicho", "simulators", "synthetic", "bench", "scenarios", "tests")


def python_files(*packages: str) -> list[Path]:
    """Every Python file of ours; migrations are made by a program and judged elsewhere."""
    return sorted(path for package in packages or PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
