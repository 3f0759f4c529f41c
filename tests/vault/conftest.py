"""金庫の試験の道具 — keys of the test's own, so that nothing it rotates concerns another."""

from dataclasses import replace

import pytest

from daicho.site.launch.keys import create_vault_key


@pytest.fixture
def key_file(tmp_path, settings):
    """A new key file for this test alone; to be asked for before the database is used."""
    path = tmp_path / "vault.key"
    create_vault_key(path)
    settings.DAICHO = replace(settings.DAICHO, vault_key_file=path)
    return path
