"""倒れても帳簿は合う — a real process gets SIGKILL at each point around a commit and a send; nothing is lost, doubled or reordered. Issue step 5.

The journeys do the same with whole systems; here one process posts and relays to a folder. The registry is proven as well:
a port method without a crash point fails.
"""

import ast
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.outbox import crash_child, crashpoints
from tests.outbox.crashpoints import POINTS, SIDES, STARTING_POINTS

ROOT = Path(__file__).resolve().parents[2]
OF_A_ROOM = tuple(f"daicho.{path.parent.name}." for path in (ROOT / "daicho").glob("*/ports.py"))  # importable in that room's own process alone


def port_modules():
    """Ports behind which somebody else listens. What staff asks of (terminals, the second factor) is answered in the same process."""
    return [ROOT / "daicho/outbox/courier.py", *sorted(path for path in (ROOT / "daicho").glob("*/ports.py") if path.parent.name != "staff")]


def methods_of_ports():
    """module:Protocol.method of every port there is, read from the sources."""
    found = set()
    for path in port_modules():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and any("Protocol" in ast.unparse(base) for base in node.bases):
                methods = [item.name for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)]
                found |= {f"{module}:{node.name}.{method}" for method in methods if not method.startswith("_")}
    return found


def test_すべてのポートに倒れる所がある():
    """Issue step 5: a port method without a crash point fails a test."""
    covered = {port for point in POINTS for port in point.ports}
    assert methods_of_ports() == covered


def test_倒れる所の指す先がある():
    import importlib

    for point in POINTS:
        if ".adapters." in point.module:  # of a room that this process does not have
            tree = ast.parse((ROOT / (point.module.replace(".", "/") + ".py")).read_text("utf-8"))
            (owner,) = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == point.owner]
            assert point.method in [item.name for item in owner.body if isinstance(item, ast.FunctionDef)]
        else:
            module = importlib.import_module(point.module)
            assert callable(getattr(getattr(module, point.owner) if point.owner else module, point.method))


def test_名前は一つずつ():
    assert len({point.name for point in POINTS}) == len(POINTS)
    assert len(set(STARTING_POINTS)) == sum(point.on_the_way for point in POINTS) * len(SIDES)
    with pytest.raises(SystemExit):
        crashpoints.environment_for("nowhere:before", 1, Path("x"))


class Town:
    """One database, one folder that plays the counterpart, and processes that work on them."""

    def __init__(self, clone, folder):
        self.clone, self.folder, self.marker = clone, folder / "received", folder / "killed"
        self.folder.mkdir()
        self.done = crash_child.work  # in this process: the same as a child does, whom nobody kills

    def run(self, *arguments, crash=None, through_site=False):
        environment = {**self.clone.environment(), "CRASH_FOLDER": str(self.folder), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.outbox.crash_child", *arguments]
        if crash and through_site:
            environment |= crashpoints.environment_for(*crash, self.marker, argv="crash_child", system=self.clone.system)
        elif crash:
            command = [sys.executable, "-m", "tests.outbox.crashpoints", crash[0], str(crash[1]), str(self.marker), "--", *command[2:]]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)

    def compare(self):
        from daicho.contracts.receipts_v1 import ReceiptLine
        from daicho.outbox import books

        received = [ReceiptLine(file.read_text().split()[0], file.name, file.read_text().split()[1], "", ()) for file in self.folder.iterdir()]
        return books.compare([books.SentLine(*line) for line in self.done("books")], received)

    def order(self):
        return [int(text.split()[3]) for text in sorted((file.read_text() for file in self.folder.iterdir()), key=lambda text: int(text.split()[2]))]


@pytest.fixture
def town(committed_db, routes, tmp_path, monkeypatch):
    made = Town(committed_db, tmp_path)
    monkeypatch.setenv("CRASH_FOLDER", str(made.folder))
    return made


# Commits of posting: 1 (the event's own). Commits of relaying two notices of one person: claim and settle, twice over.
@pytest.mark.parametrize(("side", "kept"), [("before", []), ("after", [0])])
def test_登録の確定の前後で倒れる(town, side, kept):
    killed = town.run("post", "0", crash=(f"commit:{side}", 1))
    assert killed.returncode == -signal.SIGKILL
    assert town.marker.exists()
    town.done("post", "1")
    town.done("relay")
    assert town.order() == [*kept, 1]
    assert town.compare().equal


@pytest.mark.parametrize("hit", [1, 2, 3, 4])
@pytest.mark.parametrize("side", SIDES)
def test_中継の確定の前後で倒れる(town, side, hit):
    for no in (0, 1):
        town.done("post", str(no))
    killed = town.run("relay", crash=(f"commit:{side}", hit))
    assert killed.returncode == -signal.SIGKILL
    assert town.compare().consistent
    town.done("relay", "later")
    assert town.order() == [0, 1]
    assert town.compare().equal


def test_仕込みは他人が起こした過程にも効き一度だけ(town):
    """Through sitecustomize, as in the journeys: granian's and the supervisor's children are hit too, and live when restarted."""
    town.done("post", "0")
    assert town.run("relay", crash=("commit:after", 1), through_site=True).returncode == -signal.SIGKILL
    assert town.run("relay", "later", crash=("commit:after", 1), through_site=True).returncode == 0
    assert town.compare().equal


def test_仕込みは名指した系だけに効く(town, monkeypatch):
    town.done("post", "0")
    environment = crashpoints.environment_for("commit:after", 1, town.marker, argv="crash_child", system="another")
    environment |= {**town.clone.environment(), "CRASH_FOLDER": str(town.folder)} | {"PYTHONPATH": environment["PYTHONPATH"]}
    finished = subprocess.run([sys.executable, "-m", "tests.outbox.crash_child", "relay"], cwd=ROOT, env=environment, timeout=120)
    assert (finished.returncode, town.marker.exists()) == (0, False)
