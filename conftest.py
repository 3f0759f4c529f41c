"""試験の入口 — which settings a test process has, and its database. 設計8章.

One pytest process serves one system. `DAICHO_SYSTEM=juki_net` chooses it; without it the folders named on the command
line do (tests/tiers.py: PURE folders have no Django at all, a room's own folder its settings, all others residents).

    .venv/bin/pytest tests/values                       no Django, no database
    .venv/bin/pytest tests/audit                        settings of residents
    DAICHO_SYSTEM=juki_net .venv/bin/pytest tests/audit the same tests under juki_net

Fixtures: pytest-django's `db` (or `pytestmark = pytest.mark.django_db`) rolls back after each test, as the web role.
`committed_db` gives a clone of one's own, where commits are real; `committed_db.config_file` and
`committed_db.environment()` let child processes work on it. `django_db(transaction=True)` is refused: it would truncate.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tiers import BROWSERS, OWN, PURE

ROOT = Path(__file__).parent


def _folders(config: pytest.Config) -> list[str]:
    named = [Path(str(argument).split("::")[0]).resolve() for argument in config.args]
    return [str(path.relative_to(ROOT)) for path in named if path.is_relative_to(ROOT)]


def _lies_in(folder: str, some: tuple[str, ...]) -> bool:
    return any(folder == one or folder.startswith(f"{one}/") for one in some)


def _system(config: pytest.Config) -> str | None:
    chosen = os.environ.get("DAICHO_SYSTEM")
    if chosen:
        return None if chosen == "none" else chosen
    folders = _folders(config)
    if folders and all(_lies_in(folder, PURE) for folder in folders):
        return None
    for own, system in OWN.items():
        if folders and all(_lies_in(folder, (own,)) for folder in folders):
            return system
    return "residents"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    system = _system(config)
    if system is None:
        return
    from tests import harness

    os.environ["DAICHO_CONFIG"] = str(harness.installation_file())
    os.environ["DAICHO_SYSTEM"] = system
    os.environ["DAICHO_ROLE"] = "web"
    os.environ["DJANGO_SETTINGS_MODULE"] = f"daicho.site.settings.{system}"
    from django.conf import settings

    assert settings.DAICHO.name == system  # loads the settings, so that pytest-django sets Django up
    _hash_cheaply()


def _hash_cheaply() -> None:
    """Made-up passwords need no quarter of a second each: the same hasher with the smallest costs, in this process alone (a town's own processes hash in full)."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("django_db"):
            if mark.kwargs.get("transaction") or mark.args[:1] == (True,):
                raise pytest.UsageError(f"{item.nodeid}: django_db(transaction=True) truncates, which the web role may not; use the fixture committed_db")


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not look through it again and again (a seventh of the processor's time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """`@pytest.mark.browser`: without Chromium such a test fails, or does not run where ALLOW_MISSING=browser says so."""
    if item.get_closest_marker("browser") and not any(map(shutil.which, BROWSERS)):
        if "browser" in os.environ.get("ALLOW_MISSING", "").split(","):
            pytest.skip("no Chromium; ALLOW_MISSING names browser")
        pytest.fail("no Chromium: install the package chromium-headless-shell, or name it: ALLOW_MISSING=browser", pytrace=False)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """A thread that a test left running would keep this process for ever: say so, fail, and end."""
    left = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread() and not thread.daemon]
    if left:
        print(f"tests left threads running: {', '.join(left)}", file=sys.stderr, flush=True)
        sys.stdout.flush()
        os._exit(1)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """In place of pytest-django's: this process's own clone, as the web role, instead of a test database that it owns."""
    from tests import harness

    with harness.clone(os.environ["DAICHO_SYSTEM"]) as clone, _pointed_at(clone.name, django_db_blocker):
        yield


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: object) -> Iterator[object]:
    """A tests.harness.Clone: a database of its own for one test, in which commits are real. Not together with `db`."""
    from tests import harness

    with harness.clone(os.environ["DAICHO_SYSTEM"]) as clone, _pointed_at(clone.name, django_db_blocker), django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield clone


class _pointed_at:  # noqa: N801, reads as a verb
    """The default connection leads to database `name` meanwhile."""

    def __init__(self, name: str, blocker: object) -> None:
        self.name, self.blocker = name, blocker

    def __enter__(self) -> None:
        from django.db import connections

        self.settings = connections.settings["default"]
        self.before = self.settings["NAME"]
        self._turn_to(self.name)

    def __exit__(self, *_: object) -> None:
        self._turn_to(self.before)

    def _turn_to(self, name: str) -> None:
        from django.db import connections

        connections.close_all()
        self.settings["NAME"] = name
        connections["default"].settings_dict["NAME"] = name
