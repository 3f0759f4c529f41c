"""輸入の取決め — who may import whom, as .importlinter says. 設計1章."""

import configparser
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_部屋は互いを知らず_上を見ない():
    done = subprocess.run([Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_製品の約束は全ての部屋に及ぶ():
    """Only site, which starts the demo, may know the made-up city and the simulators."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    kept = contracts["importlinter:contract:product"]["source_modules"].split()
    rooms = {f"daicho.{folder.name}" for folder in (ROOT / "daicho").iterdir() if (folder / "__init__.py").exists()}
    assert set(kept) == rooms - {"daicho.site"}


def test_外の利用者の筋書きは台帳を輸入しない():
    """設計10章: `make day` is an outsider: HTTP only."""
    for path in (ROOT / "scenarios").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "import daicho" not in text
        assert "from daicho" not in text
