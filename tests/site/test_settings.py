"""起動の拒否 — a system does not start without its authority, its keys, or a private configuration. 設計2章."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from daicho.site import config, config_write
from daicho.site.config import ConfigError
from tests import harness

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installation(tmp_path):
    """A copy of this test's installation, of which one may take things away."""
    made = config.read(harness.installation_file())
    system = made.system(settings.DAICHO.name)
    shutil.copytree(system.signing_key_file.parent, tmp_path / "keys")
    files = {name: tmp_path / "keys" / getattr(system, name).name for name in FILES}
    return replace(made, systems={system.name: replace(system, **files)})


FILES = ("vault_key_file", "signing_key_file", "tls_cert_file", "tls_key_file", "tls_ca_file")


def described(installation, tmp_path, role: str) -> dict[str, str]:
    """The environment of a process of this system, whose installation is written down."""
    config_write.write(installation, tmp_path / "installation.toml")
    name = next(iter(installation.systems))
    return {"DAICHO_CONFIG": str(tmp_path / "installation.toml"), "DJANGO_SETTINGS_MODULE": f"daicho.site.settings.{name}", "DAICHO_ROLE": role}


@pytest.fixture(scope="module")
def launcher() -> Iterator[subprocess.Popen[str]]:
    """tests/site/starting.py: starts processes that need not read the libraries anew."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DAICHO_", "DJANGO_"))}
    command = [sys.executable, "-m", "tests.site.starting"]
    with subprocess.Popen(command, cwd=ROOT, env=kept, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def start(launcher, installation, tmp_path):
    """What a process of this system says that reads its settings and ends; of this installation, or of a changed one."""

    def started(changed=None, role="web", then="print('started')") -> subprocess.CompletedProcess[str]:
        environment = described(changed or installation, tmp_path, role)
        launcher.stdin.write(json.dumps({"environment": environment, "code": f"import django; django.setup(); {then}"}) + "\n")
        launcher.stdin.flush()
        said = json.loads(launcher.stdout.readline())
        return subprocess.CompletedProcess(then, **said)

    return started


def test_揃っていれば起動する(installation, tmp_path):
    """In a Python of its own, as in a city."""
    command = [sys.executable, "-c", "import django; django.setup(); print('started')"]
    started = subprocess.run(command, cwd=ROOT, env=described(installation, tmp_path, "web"), capture_output=True, text=True)
    assert (started.returncode, started.stdout) == (0, "started\n"), started.stderr


def test_改元は設定の一行と再起動で足りる(start, installation, tmp_path):
    """N-1.1.9-05, N-1.3.6-02: the program is not changed; what the process says of the day before and of the second day."""
    says = (
        "from datetime import date; from daicho.ui.dates import reading_of, wareki_text; "
        "print(wareki_text(date(2030, 3, 31)), wareki_text(date(2030, 4, 2)), reading_of('試元元年4月2日').text, reading_of('2030-04-02').text)"
    )
    assert start(then=says).stdout.startswith("令和12年3月31日 令和12年4月2日 「試元元年4月2日」は")
    (tmp_path / "eras.csv").write_text("code,name,short,first_day,last_day\nZ,試元,試,2030-04-01,\n", encoding="utf-8")
    renewed = replace(installation, eras_file=tmp_path / "eras.csv")
    assert start(renewed, then=says).stdout == "令和12年3月31日 試元元年4月2日 試元元年4月2日（火） 試元元年4月2日（火）\n"


@pytest.mark.parametrize("content", [None, "code,name\n", "code,name,short,first_day,last_day\nRR,試元,令,2030-04-01,\n"])
def test_元号の表が読めなければ起動しない(start, installation, tmp_path, content):
    if content is not None:
        (tmp_path / "eras.csv").write_text(content, encoding="utf-8")
    ended = start(replace(installation, eras_file=tmp_path / "eras.csv"))
    assert ended.returncode == 1 and "eras_file" in ended.stderr


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("is_empty", [False, True])
def test_鍵や認証局がなければ起動しない(start, installation, name, is_empty):
    path = getattr(next(iter(installation.systems.values())), name)
    path.write_bytes(b"") if is_empty else path.unlink()
    ended = start()
    assert ended.returncode == 1
    assert "does not start without its authority and keys" in ended.stderr
    assert path.name in ended.stderr


def test_所有者の合言葉がない構成では所有者として働けない(start, installation):
    name, system = next(iter(installation.systems.items()))
    ended = start(replace(installation, systems={name: replace(system, database=replace(system.database, owner_password=None))}), role="owner")
    assert "no password of the owner role" in ended.stderr


def test_他人に読める構成は読まない(installation, tmp_path):
    config_write.write(installation, tmp_path / "installation.toml")
    (tmp_path / "installation.toml").chmod(0o640)
    with pytest.raises(ConfigError, match="can be read by others"):
        config.read(tmp_path / "installation.toml")
