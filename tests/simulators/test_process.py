"""外の世界の一つのプロセス — starts from one file, serves each counterpart on its port, and ends cleanly. design §10."""

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from simulators.config import ConfigError, read
from tests.simulators.world import PartyFiles

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def write_config(folder, keys, **changes):
    lines = [f"store_dir = {json.dumps(str(folder / 'store'))}"]
    ports = {}
    for name in ("prefecture", "other_city"):
        files, ports[name] = PartyFiles(keys / name), free_port()
        table = {
            "port": ports[name],
            "signing_key_file": str(files.signing_key),
            "tls_cert_file": str(files.tls_cert),
            "tls_key_file": str(files.tls_key),
            "tls_ca_file": str(files.trusted),
            **changes,
        }
        lines += [f"[counterparts.{name}]", *(f"{key} = {json.dumps(value)}" for key, value in table.items())]
        public_key = json.dumps(str(PartyFiles(keys / "juki_net").public_key))
        lines.append(f'peers.juki_net = {{public_key_file = {public_key}, url = "https://127.0.0.1:9"}}')
    file = folder / "simulators.toml"
    file.write_text("\n".join(lines), "utf-8")
    return file, ports


def start(file):
    return subprocess.Popen([sys.executable, "-m", "simulators", "--config", str(file)], cwd=ROOT, stderr=subprocess.PIPE, text=True)


def health(keys, name, port, seconds=15.0):
    end = time.monotonic() + seconds
    while True:
        try:
            return requests.get(f"https://127.0.0.1:{port}/_health", verify=str(PartyFiles(keys / name).authority), timeout=5).json()
        except requests.exceptions.ConnectionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_相手方ごとのポートで応え合図で終わる(tmp_path, keys):
    file, ports = write_config(tmp_path, keys)
    with start(file) as process:
        for name, port in ports.items():
            assert health(keys, name, port) == {"counterpart": name, "up": True}
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    with socket.socket() as one:
        assert one.connect_ex(("127.0.0.1", ports["prefecture"])) != 0


def test_使用中のポートは名指しして終わる(tmp_path, keys):
    file, ports = write_config(tmp_path, keys)
    with socket.socket() as one:
        one.bind(("127.0.0.1", ports["other_city"]))
        one.listen()
        with start(file) as process:
            assert process.wait(15) == 1
            assert f"counterparts.other_city: port {ports['other_city']} cannot be opened" in process.stderr.read()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tls_ca_file": "/nowhere/trusted.pem"}, "refusing to start without /nowhere/trusted.pem"),
        ({"color": "red"}, "and nothing else"),
        ({"port": "x"}, "another type"),
    ],
)
def test_鍵や認証局がなければ動かない(tmp_path, keys, change, words):
    file, _ = write_config(tmp_path, keys, **change)
    with pytest.raises(ConfigError, match=words):
        read(file)


def test_daichoを何も取り込まない():
    """The outside world knows the city by its layouts and by what comes over the wire."""
    code = "import sys, simulators.__main__; print(any(name.split('.')[0] in ('daicho', 'django') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout == "False\n"
