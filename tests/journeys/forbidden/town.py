"""六つのシステムの街 — every system's real listeners, with keys, certificates and roles as the launcher makes them; no worker, nothing outside. 設計2章.

The databases are clones on the tests' one cluster: what parts the systems there is their roles alone, which is the least a city can have.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import requests

from daicho.contracts import base
from daicho.outbox import signing
from daicho.outbox.envelope import Envelope, Reply, digest_of
from daicho.outbox.wire import PATH
from daicho.site import config, config_write
from daicho.site.config import Installation
from daicho.site.launch import bootstrap, ports, up
from daicho.site.launch.bootstrap import Place, Ports
from daicho.site.launch.children import Child
from daicho.site.launch.demo import base_environment
from daicho.site.launch.keys import PartyFiles
from tests import harness
from tests.contracts import juki_samples
from tests.journeys.crossing import strangers
from tests.journeys.crossing.fuses import ROOT
from tests.journeys.crossing.strangers import Stranger
from tests.journeys.crossing.town import _free_ports
from tests.journeys.forbidden.doors import SYSTEMS

UP_WITHIN = 90.0
FIRST_OUTSIDE_PORT = 9  # nobody listens there: nothing is sent in this town


@dataclass(frozen=True)
class Sent:
    """A signed request as it travelled: whoever recorded it can bring it again."""

    body: bytes
    headers: dict[str, str]
    certificate: str


@dataclass
class Town:
    folder: Path
    made: Installation
    children: dict[str, Child] = field(default_factory=dict)
    heard: list[bytes] = field(default_factory=list)  # every reply that anybody was given
    _sessions: dict[tuple[str, str], requests.Session] = field(default_factory=dict)
    _databases: dict[str, psycopg.Connection] = field(default_factory=dict)

    # --- the listeners ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        for spec in up.children(self.made, SYSTEMS, self._environment, self.folder / "log"):
            if spec.port is not None:
                self.children[spec.name] = Child(spec)
        for listener in ("wire", "screens"):
            for system in SYSTEMS:
                self.children[f"{system} {listener}"].start()
        self.wait_for("wire")

    def _environment(self, system: str) -> dict[str, str]:
        return base_environment() | {
            "PYTHONPATH": str(ROOT),
            "DAICHO_CONFIG": str(self.folder / "run" / f"{system}.toml"),
            "DAICHO_SYSTEM": system,
            "DJANGO_SETTINGS_MODULE": f"daicho.site.settings.{system}",
        }

    def wait_for(self, listener: str) -> None:
        """Until this listener of every system answers."""
        until, wanted = time.monotonic() + UP_WITHIN, [self.children[f"{system} {listener}"] for system in SYSTEMS]
        while not all(child.spec.port and ports.answers(child.spec.port) for child in wanted):
            if time.monotonic() > until:
                raise TimeoutError("\n".join(f"{child.spec.name}: {child.tail(20)}" for child in wanted))
            time.sleep(0.05)

    def stop(self) -> None:
        for child in self.children.values():
            child.end(time.monotonic())  # at once: nothing of theirs is kept
        for open_one in (*self._sessions.values(), *self._databases.values()):
            open_one.close()

    # --- knocking ---------------------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return datetime.now(UTC)

    def keys(self, name: str) -> PartyFiles:
        return PartyFiles(self.folder / "keys" / name)

    def envelope(self, message: object, sender: str, receiver: str) -> Envelope:
        """As `sender` makes one; a question travels under its own number."""
        made = strangers.envelope(self, message, sender=sender, receiver=receiver)  # type: ignore[arg-type]
        return replace(made, notice_id=getattr(message, "question_id", made.notice_id))

    def empty(self, kind: str, sender: str, receiver: str) -> Envelope:
        """An envelope with nothing in it: whoever may bring the kind is told that its content is wrong, and nobody else."""
        return replace(self.envelope(juki_samples.MOVE_IN, sender, receiver), kind=kind, version=1, body="{}")

    def sign(self, body: bytes, who: Stranger) -> Sent:
        request = signing.SignedRequest("POST", f"https://anywhere{PATH}", {"Content-Type": signing.CONTENT_TYPE}, body)
        signing.sign_request(request, sender=who.signs_as, private_key_file=self.keys(who.key).signing_key)
        return Sent(body, dict(request.headers), who.certificate)

    def bring(self, sent: Sent, at: str) -> tuple[int, Reply]:
        """Status and reply. Raises requests' ConnectionError when TLS already says no."""
        answer = self._session(at, sent.certificate).post(
            f"https://127.0.0.1:{self.made.system(at).wire.port}{PATH}", data=sent.body, headers=sent.headers, timeout=20
        )
        self.heard.append(answer.content)
        return answer.status_code, base.read(Reply, answer.content)

    def knock(self, envelope: Envelope, at: str, who: Stranger | None = None) -> tuple[int, Reply]:
        """Sign and bring it: as its sender, with the sender's own key and certificate, unless somebody else is named."""
        own = Stranger(envelope.sender, envelope.sender, envelope.sender)
        return self.bring(self.sign(envelope.to_bytes(), who or own), at)

    def _session(self, at: str, certificate: str) -> requests.Session:
        """A connection once allowed is kept: a new one for each of a thousand knocks would tell nothing more."""
        if (at, certificate) not in self._sessions:
            session, files = requests.Session(), self.keys(certificate)
            session.trust_env, session.verify, session.cert = False, str(self.keys(at).authority), (str(files.tls_cert), str(files.tls_key))
            self._sessions[at, certificate] = session
        return self._sessions[at, certificate]

    # --- what the tables say ----------------------------------------------------------------------------------------------

    def rows(self, system: str, query: str, *arguments: object) -> list[tuple[Any, ...]]:  # Any: whatever the columns hold
        """As the system's own web role."""
        if system not in self._databases:
            self._databases[system] = self.connect(system, system)
        return self._databases[system].execute(query, arguments).fetchall()

    def connect(self, to: str, whose: str, role: str = "web", **changes: str | None) -> psycopg.Connection:
        """To a system's database with the role and password of (another) one. `changes`: what somebody says instead."""
        database = self.made.system(whose).database
        said = {
            "user": getattr(database, role), "password": getattr(database, f"{role}_password"), "dbname": self.made.system(to).database.name,
            "options": f"-c daicho.municipality={self.made.municipality_code}",  # chukan shows nothing to who does not say it (F-1-60)
        }  # fmt: skip
        return psycopg.connect(host=database.host, port=database.port, autocommit=True, connect_timeout=10, **{**said, **changes})

    def refusals(self, system: str) -> dict[str, tuple[str, str, bool]]:
        """What was turned away there, by the digest of what was brought: code, who it claimed to be from, whether that was proven."""
        found = self.rows(system, "SELECT digest, code, claimed_sender, authenticated FROM outbox_refusedmessage")
        return {digest: (code, sender, proven) for digest, code, sender, proven in found}

    def refusal_of(self, envelope: Envelope, system: str) -> tuple[str, str, bool] | None:
        return self.refusals(system).get(digest_of(envelope.to_bytes()))


@contextmanager
def town() -> Iterator[Town]:
    with ExitStack() as at_end:
        folder = Path(tempfile.mkdtemp(prefix="daicho-doors-", dir="/tmp"))
        at_end.callback(shutil.rmtree, folder)
        clones = {system: at_end.enter_context(harness.clone(system)) for system in SYSTEMS}
        free = iter(_free_ports(3 * len(SYSTEMS)))
        listeners = {system: Ports(next(free), next(free), harness.PORT, next(free)) for system in SYSTEMS}
        made = bootstrap.create(Place("test", folder, listeners, FIRST_OUTSIDE_PORT, dict.fromkeys(SYSTEMS, "")), datetime.now(UTC))
        databases = {system: config.read(clone.config_file).system(system).database for system, clone in clones.items()}
        made = replace(made, systems={name: replace(system, database=databases[name]) for name, system in made.systems.items()})
        for system in SYSTEMS:
            config_write.write_for_processes(made, system, folder / "run" / f"{system}.toml")
        standing = Town(folder, made)
        at_end.callback(standing.stop)
        standing.start()
        yield standing


@contextmanager
def as_web_role(town: Town, system: str, blocker) -> Iterator[None]:
    """Django's connection of this process leads to the database of that system meanwhile, as its web role: to furnish what a town has."""
    from django.db import connections

    database, connection = town.made.system(system).database, connections["default"]
    before = dict(connection.settings_dict)
    connection.close()
    options = {**before["OPTIONS"], "options": f"-c daicho.municipality={town.made.municipality_code}"}
    connection.settings_dict.update(HOST=database.host, NAME=database.name, USER=database.web, PASSWORD=database.web_password, OPTIONS=options)
    try:
        with blocker.unblock():
            yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
