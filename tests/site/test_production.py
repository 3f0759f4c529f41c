"""本番 — TLS ends at the proxy; an officer signs in through it, and nobody else's pages can send for them. F-1-10."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from daicho.site import config, config_write
from daicho.site.config import ConfigError

ROOT = Path(__file__).resolve().parents[2]
ORIGIN = "https://juki.example.lg.jp"


def in_production(file, origin=ORIGIN):
    made = config.read(file)
    systems = {name: replace(system, public_origin=origin) for name, system in made.systems.items()}
    return replace(made, environment="production", systems=systems)


def test_本番ではプロキシを通して利用を開始できる(committed_db, tmp_path):
    config_write.write(replace(in_production(committed_db.config_file), var_dir=tmp_path), tmp_path / "installation.toml")
    environment = {**committed_db.environment(), "DAICHO_CONFIG": str(tmp_path / "installation.toml"), "PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, "-m", "tests.site.production_child"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    came = json.loads(ended.stdout.splitlines()[-1])
    to = "/sign-in/assertion/?next=%2F" if settings.STAFF_SECOND_FACTOR else "/"
    assert came["proxy"] == {"page": 200, "hsts": "max-age=31536000", "answer": 302, "to": to, "secure": True}
    assert came["rewriting proxy"]["answer"] == 302
    assert came["elsewhere"]["answer"] == 403
    assert came["plain"]["hsts"] == ""  # nothing but the proxy's word makes a request secure
    assert came["plain"]["secure"] is True  # and a browser would not send this cookie over plain HTTP


def test_試験や実演ではプロキシの見出しを信じない():
    assert settings.SECURE_PROXY_SSL_HEADER is None
    assert settings.CSRF_TRUSTED_ORIGINS == []


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        (None, "public_origin is missing"),
        ("http://juki.example.lg.jp", "must be https"),
        ("https://juki.example.lg.jp/", "must be https"),
        ("https://JUKI.example.lg.jp", "must be https"),
        ("https://*.example.lg.jp", "must be https"),
        ("http://localhost:8200", "public_origin is missing"),
    ],
)
def test_公開の番地がなければ本番は起動しない(tmp_path, origin, said):
    from tests import harness

    config_write.write(in_production(harness.installation_file(), origin), tmp_path / "installation.toml")
    with pytest.raises(ConfigError, match=said):
        config.read(tmp_path / "installation.toml")


def test_公開の番地は書いたとおりに読める(tmp_path):
    from tests import harness

    odd = in_production(harness.installation_file(), f"{ORIGIN}:8443")
    config_write.write(odd, tmp_path / "installation.toml")
    assert config.read(tmp_path / "installation.toml") == odd
