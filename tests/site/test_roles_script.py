"""市のサーバーの支度 — what `daicho roles sql` prints shuts PUBLIC out everywhere and holds no password. design §2."""

from __future__ import annotations

from django.conf import settings

from daicho.site.launch.roles import as_script


def test_誰でも入れるデータベースを残さずパスワードを書かない():
    """A new server lets PUBLIC into postgres and template1; `daicho roles verify` would find both roles able to enter there."""
    database = settings.DAICHO.database
    script = as_script(settings.INSTALLATION, [settings.DAICHO.name])
    assert "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;" in script
    assert f"REVOKE ALL ON DATABASE {database.name} FROM PUBLIC;" in script
    assert database.web_password not in script
    assert f":'{database.web}_password'" in script
