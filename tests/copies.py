"""写し — databases that were filled once, and the copies on which tests work: cloned by PostgreSQL instead of being filled anew. 設計8章."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from django.db import connections
from django.test import override_settings
from psycopg import sql

from daicho.site import config
from daicho.site.launch import roles
from tests import harness
from tests.harness import Clone


def become(clone: Clone, source: str) -> None:
    """The clone is made anew, like the database `source`, on which nobody may be at work."""
    connections.close_all()
    database = config.read(clone.config_file).system(clone.system).database
    with harness.cluster().connect() as superuser:
        superuser.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(clone.name)))
        roles.create_database(superuser, database, template=source)


@contextmanager
def furnished(system: str, fill: Callable[[], None]) -> Iterator[str]:
    """The name of a database that `fill` has filled as the web role, for `harness.clone` to copy. Used inside `django_db_blocker.unblock()`."""
    with harness.clone(system) as clone:
        with turned_to(clone):
            fill()
        yield clone.name


@contextmanager
def turned_to(clone: Clone, role: Literal["web", "owner"] = "web") -> Iterator[None]:
    """This process works on `clone` meanwhile, as one of its roles, by what the clone's own configuration says; outside `committed_db` too."""
    described = config.read(clone.config_file).system(clone.system)
    base = described.database
    user, password = (base.owner, base.owner_password) if role == "owner" else (base.web, base.web_password)
    before = {name: connections.settings["default"][name] for name in ("NAME", "USER", "PASSWORD")}
    with override_settings(DAICHO=described):
        _connect_as({"NAME": base.name, "USER": user, "PASSWORD": password})
        try:
            yield
        finally:
            _connect_as(before)


def _connect_as(words: dict[str, str | None]) -> None:
    connections.close_all()
    connections.settings["default"].update(words)
    connections["default"].settings_dict.update(words)
