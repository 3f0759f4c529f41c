"""監督の試験 — a child that ends is started again, later each time, and none is left behind. 設計2章."""

import os
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from daicho.site.launch import ports
from daicho.site.launch.binaries import LaunchError
from daicho.site.launch.children import BACK_OFF, Child, ChildSpec
from daicho.site.launch.supervisor import Supervisor
from daicho.site.launch.up import holder, only_one

SLEEP = "import time; time.sleep(60)"
# granian's way of being killed: the worker it leaves holds the port
WITH_GRANDCHILD = "import os, time; pid = os.fork(); print(pid, flush=True) if pid else None; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


@pytest.fixture
def spec(tmp_path):
    def make(code, port=None):
        return ChildSpec("child", [sys.executable, "-c", code], dict(os.environ), tmp_path / "child.log", port)

    return make


@pytest.fixture
def supervise(tmp_path):
    """Run a supervisor in a thread until the test is over; gives it and what it said."""
    started = []

    def run(specs):
        said: list[str] = []
        supervisor = Supervisor(specs, tmp_path / "status.json", said.append)
        supervisor.start()
        thread = threading.Thread(target=supervisor.run)
        thread.start()
        started.append((supervisor, thread))
        return supervisor, said

    yield run
    for supervisor, thread in started:
        supervisor.ending.set()
        thread.join()
        supervisor.stop()


def until(condition, seconds=10.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


def lives(pid):
    """A process that is dead but not reaped (its parent was killed) does not live."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def written(child, count=1):
    until(lambda: child.spec.log.exists() and len(child.spec.log.read_text().split()) >= count)
    return child.spec.log.read_text().split()


def test_倒れた子はもう一度起こされ_そのことが示される(spec, supervise):
    supervisor, said = supervise([spec(SLEEP)])
    child = supervisor.children[0]
    first = child.process.pid
    os.kill(first, 9)
    until(lambda: child.process.pid != first)
    assert said == ["child ended (signal SIGKILL); starting it again in 0.5 s (restart no. 1)"]


def test_倒れるたびに待つ時間が延びる(spec):
    child = Child(spec("raise SystemExit(3)"))
    waits = []
    for _ in range(3):
        child.start()
        until(child.has_ended)
        waits.append(child.plan_restart())
    assert (waits, child.last_end) == (list(BACK_OFF[:3]), "exit code 3")


def test_親だけが殺されても孫を残さない(spec):
    child = Child(spec(WITH_GRANDCHILD))
    child.start()
    grandchild = int(written(child)[0])
    os.kill(child.process.pid, 9)
    until(child.has_ended)
    until(lambda: not lives(grandchild))


def test_終われと言われて聞かない子も終わる(spec, monkeypatch, tmp_path):
    monkeypatch.setattr("daicho.site.launch.supervisor.GRACE", 0.3)
    supervisor = Supervisor([spec(DEAF)], tmp_path / "status.json", print)
    supervisor.start()
    child = supervisor.children[0]
    written(child)
    supervisor.stop()
    assert child.process.returncode == -9
    assert not supervisor.status_file.exists()


def test_起き上がれない子はその記録の末尾とともに知らせる(spec, tmp_path):
    supervisor = Supervisor([spec("raise SystemExit('no authority')", port=9)], tmp_path / "status.json", print)
    with pytest.raises(LaunchError, match="no authority"):
        supervisor.start()


def test_使われているポートは持ち主とともに知らせる():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(LaunchError, match=rf"port {port} \(residents screens\) is in use by process {os.getpid()}"):
            ports.require_free([("residents screens", port)])
    ports.require_free([("residents screens", port)])


def test_同じ街を二度は起こせない(tmp_path):
    city = tmp_path / "city"
    with only_one(city):
        assert holder(city) == os.getpid()
        with pytest.raises(LaunchError, match="is up already"), only_one(city):
            pass
    assert holder(city) is None


def test_倒れた監督の残した錠は知らせて越える(tmp_path, capsys):
    (tmp_path / "city.lock").write_text("12345")
    with only_one(tmp_path / "city"):
        pass
    assert "stale lock: process 12345" in capsys.readouterr().out
