"""導入構成の試験 — the installation's file comes back as it was written, and says by name what is wrong with it."""

from dataclasses import replace
from pathlib import Path

import pytest

from daicho.site import config, config_write
from daicho.site.config import ConfigError
from tests import harness


@pytest.fixture
def made():
    return config.read(harness.installation_file())


@pytest.fixture
def file(tmp_path):
    return tmp_path / "installation.toml"


def test_書いたとおりに読める(made, file):
    odd = replace(made, municipality_name='小樽"市\\\n', prefecture_name="葛\U000e0100", eras_file=file.parent / "eras.csv")
    config_write.write(odd, file)
    assert config.read(file) == odd
    assert file.stat().st_mode & 0o777 == 0o600


def test_一つのシステムの構成には他のシステムも所有者の合言葉もない(made, file):
    config_write.write_for_processes(made, "juki_net", file)
    alone = config.read(file)
    assert list(alone.systems) == ["juki_net"]
    assert alone.system("juki_net").database.owner_password is None
    text = file.read_text()
    for secret in (made.system("residents").secret_key, made.system("residents").database.web_password, made.system("juki_net").database.owner_password):
        assert secret not in text


def test_通報先はhttpsでなければ読まない(made, file):
    """N-9.1-12."""
    told = replace(made.system("residents"), alarm_url="https://alarms.example/daicho")
    config_write.write(replace(made, systems={**made.systems, "residents": told}), file)
    assert config.read(file).system("residents") == told
    file.write_text(file.read_text().replace("https://alarms.example", "http://alarms.example"))
    with pytest.raises(ConfigError, match="alarm_url must begin with https"):
        config.read(file)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('municipality_code = "012033"', 'municipality_code = "01203"', "six digits"),
        ('environment = "test"', 'environment = "prod"', "environment must be one of"),
        ("audit_retention_years = 7", "", "audit_retention_years is missing"),
        ("audit_retention_years = 7", 'audit_retention_years = "7"', "must be of type int"),
        ("audit_retention_years = 7", "audit_retention_years = true", "must be of type int"),
        ("audit_retention_years = 7", "audit_retention_years = 7\nretention = 1", "unknown retention"),
        ("[systems.residents.wire]", "[systems.residents.wires]", "wire is missing"),
        ('kind = "counterpart"', 'kind = "friend"', "kind must be one of"),
    ],
)
def test_誤りは場所の名とともに言う(made, file, before, after, said):
    config_write.write(made, file)
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))
    with pytest.raises(ConfigError, match=said) as raised:
        config.read(file)
    assert made.system("residents").database.web_password not in str(raised.value)


def test_構成の名がなければそう言う(monkeypatch):
    monkeypatch.delenv("DAICHO_CONFIG")
    with pytest.raises(ConfigError, match="DAICHO_CONFIG does not name"):
        config.read()
    with pytest.raises(ConfigError, match="no such file"):
        config.read(Path("/nowhere/installation.toml"))


def test_番地は公開の番地かこの機械の名でIPアドレスではない(made, file):
    """F-2-08: WebAuthn takes no IP address for a place, and this machine's name over HTTP is as good as HTTPS."""
    system = made.system("juki_net")
    assert system.origin == f"http://localhost:{system.screens.port}"
    named = replace(system, public_origin="http://localhost:9000")
    assert named.origin == "http://localhost:9000"
    config_write.write(replace(made, systems={**made.systems, "juki_net": named}), file)
    assert config.read(file).system("juki_net") == named
    config_write.write(replace(made, systems={**made.systems, "juki_net": replace(system, public_origin="http://192.0.2.1:9000")}), file)
    with pytest.raises(ConfigError, match="must be https"):
        config.read(file)
