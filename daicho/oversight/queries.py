"""点検の照会 — how this system runs, and what was done in it; looking is on record. F-1-13, F-1-15; S3-10; 標準10.2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from django.conf import settings

from daicho import audit, city, clock, vault
from daicho.audit import queries as trail_queries
from daicho.audit.permissions import AuditPermission
from daicho.audit.queries import Trace
from daicho.jobs import queries as job_queries
from daicho.jobs import registry
from daicho.outbox import queries as post_room
from daicho.outbox.permissions import OutboxPermission
from daicho.oversight import rules
from daicho.oversight.permissions import OversightPermission
from daicho.oversight.rules import Expiry, LastRun, Queue, Thresholds

PAGE = 50


@dataclass(frozen=True)
class Health:
    """How this system runs at a moment. `sealed_at`: when its trail was last sealed; `unsealed`: the oldest row that waits for it."""

    at: datetime
    queues: tuple[Queue, ...]
    runs: tuple[LastRun, ...]
    expiries: tuple[Expiry, ...]
    sealed_at: datetime | None
    unsealed: datetime | None
    thresholds: Thresholds


def health(actor: audit.Actor) -> Health:
    """Nobody's data is in it. A fixed number of statements. Raises audit.Refused (recorded)."""
    with audit.reading(actor, OversightPermission.HEALTH_READ, purpose="稼働状況の確認"):
        now = clock.now()
        seals = trail_queries.sealed_so_far()
        return Health(now, tuple(_queues(actor)), tuple(_runs()), tuple(_expiries()), seals.made_at, seals.oldest_unsealed, thresholds())


def thresholds() -> Thresholds:
    """From when on a figure is trouble, as the city has it today. One statement."""
    found = city.settings_on(("health_queue_minutes", "health_expiry_days", "health_seal_minutes"), clock.today())
    return Thresholds(
        queue=timedelta(minutes=int(found["health_queue_minutes"])),
        expiry=timedelta(days=int(found["health_expiry_days"])),
        seal=timedelta(minutes=int(found["health_seal_minutes"])),
    )


def _queues(actor: audit.Actor) -> Iterator[Queue]:
    for one in post_room.queues(actor.with_right(OutboxPermission.READ)):
        yield Queue(one.destination, one.waiting, one.oldest, one.refused, one.dead, one.stopped_at, one.failures)


def _runs() -> Iterator[LastRun]:
    last = job_queries.last_runs()
    for job in registry.registered():
        run = last.get(job.name)
        if run is None:
            yield LastRun(job.name, job.ja, None, "", None, "")
        else:
            yield LastRun(job.name, job.ja, run.for_date, run.outcome, run.finished_at, run.error)


def _expiries() -> Iterator[Expiry]:
    """What ends by itself: this system's own certificate and the authorities it trusts; and the vault's key, which ought to be changed."""
    me = settings.DAICHO
    yield Expiry("通信の証明書", _end_of(me.tls_cert_file))
    yield Expiry("相手方の認証局の証明書", _end_of(me.tls_ca_file))
    if (since := vault.key_in_use_since()) is not None:
        yield Expiry("番号などを封じる鍵（取替えの目安）", since + timedelta(days=int(city.setting("vault_key_days", clock.today()))))


def _end_of(file: Path) -> datetime:
    """When the first of the certificates in a file ends; no system starts without one (site/settings)."""
    return min(certificate.not_valid_after_utc for certificate in x509.load_pem_x509_certificates(file.read_bytes()))


@dataclass(frozen=True)
class TrailWanted:
    """Which part of the trail: by officer, function, outcome ("" = any), and days (both included)."""

    login: str = ""
    action: str = ""
    outcome: str = ""
    since: datetime | None = None
    until: datetime | None = None


def trail(actor: audit.Actor, wanted: TrailWanted, before: int | None = None) -> tuple[tuple[Trace, ...], bool]:
    """One page, newest first, and whether older rows follow. People are counted and not named. Raises audit.Refused (recorded)."""
    audit.require(actor, OversightPermission.TRAIL_READ)
    traces = trail_queries.entries(
        actor.with_right(AuditPermission.ENTRY_READ), purpose="操作履歴の点検", login=wanted.login, action=wanted.action, outcome=wanted.outcome,
        since=wanted.since, until=wanted.until, before_id=before, limit=PAGE + 1,
    )  # fmt: skip
    return traces[:PAGE], len(traces) > PAGE


def troubles(found: Health) -> list[str]:
    """Everything that somebody must look at, in words."""
    told = [rules.queue_trouble(queue, found.at, found.thresholds) for queue in found.queues]
    told += [rules.run_trouble(run) for run in found.runs]
    told += [rules.expiry_trouble(expiry, found.at, found.thresholds) for expiry in found.expiries]
    told.append(rules.seal_trouble(found.unsealed, found.at, found.thresholds))
    return [trouble for trouble in told if trouble]
