"""交付の過程 — a counter's web server of forked workers on one socket, of which any can be killed at any moment. A-05; decision 0045.

`python -m tests.journeys.crossing.papers_desk WORKERS`, with DAICHO_CONFIG and DAICHO_SYSTEM=residents. It fills its database with families and
officers, says as one JSON line where it listens, who they are and their sessions, and then, for each line "kill", kills one worker with SIGKILL and
forks another, which answers on the connections that come. Django and the press are loaded once, before the first fork.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

BEGINS_AT = datetime(2026, 4, 10, 1, 0, tzinfo=UTC)
OFFICERS = ("m.mado", "s.shinsa", "t.taka")
FAMILIES = 12
DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


def fill() -> dict[str, object]:
    """Families of three with names that nobody shares, three officers, two windows each, a visit in hand."""
    from dataclasses import replace

    from daicho import clock
    from daicho.city.models import Certifier
    from daicho.residents.commands import visits
    from daicho.residents.models import Visit
    from daicho.residents.rules.visits import VisitForm
    from daicho.staff.queries import find_account
    from tests.cast import CLERK
    from tests.journeys.crossing.counter_process import household_member
    from tests.residents.counter import move_in_form, register
    from tests.residents.screens import desks

    desks.city()
    Certifier.objects.get_or_create(
        municipality_code="012033", kind="mayor", defaults={"title": "北海道小樽市長", "name": "台帳　守", "valid_from": date(2025, 1, 1)}
    )
    people: list[list[str]] = []
    for family in range(FAMILIES):
        first = 5000 + family * 10
        roles = [replace(household_member(first, no), name=f"家{f'{family:02d}'.translate(DIGITS)}\u3000人{'甲乙丙'[no]}") for no in range(3)]
        written = register("domestic_move_in", move_in_form(roles, address=f"花園2丁目{family + 1}番1号"))
        people += [[str(one.person.public_id), role.name] for one, role in zip(written, roles, strict=True)]
    sessions = []
    for login, terminal in zip(OFFICERS, ("H01", "E01", "Z01"), strict=True):
        client = desks.officer(login, desks.ALL, terminal)
        account = find_account(login)
        assert account is not None
        Visit.objects.filter(opened_by_id_no=account.pk, closed_at__isnull=True).update(closed_at=clock.now())
        form = VisitForm("花園　太郎", "same_household", "one_document", ("my_number_card",), "年金の手続")
        visits.open_visit(replace(CLERK, account_id=account.pk, login=login), form)
        sessions += [{name: morsel.value for name, morsel in client.cookies.items()}] * 2  # two windows of one officer
    return {"people": people, "sessions": sessions}


@dataclass
class Desk:
    """The listening socket and its workers."""

    listening: socket.socket
    random: random.Random
    workers: list[int] = field(default_factory=list)

    def fork(self) -> None:
        parent = os.getpid()
        if (pid := os.fork()) == 0:
            with contextlib.suppress(BaseException):
                self._serve(parent)
            os._exit(1)
        self.workers.append(pid)

    def kill(self) -> int:
        """One of them, in whatever it is doing."""
        pid = self.workers.pop(self.random.randrange(len(self.workers)))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.fork()
        return pid

    def _serve(self, parent: int) -> None:
        from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
        from django.core.wsgi import get_wsgi_application

        from daicho.site.launch.lifeline import end_with_parent

        end_with_parent(parent)

        class Quiet(WSGIRequestHandler):
            def log_message(self, *_: object) -> None: ...

        server = ThreadedWSGIServer(self.listening.getsockname(), Quiet, bind_and_activate=False)
        server.socket.close()
        server.socket = self.listening
        server.server_name, server.server_port = "127.0.0.1", self.listening.getsockname()[1]
        server.setup_environ()
        server.set_app(get_wsgi_application())
        server.serve_forever(poll_interval=0.05)


def main() -> None:
    import django

    from daicho.site import config

    made = config.read()
    made.clock_file.write_text(f"{(BEGINS_AT - datetime.now(UTC)).total_seconds():.6f}\n", "ascii")
    django.setup()
    from django.conf import settings
    from django.db import connections
    from django.test.utils import setup_test_environment

    setup_test_environment()
    told = fill()
    from daicho.certificates import TEMPLATES
    from daicho.paper.press import open_press

    open_press(settings.FONTS_DIR, TEMPLATES)  # loaded, and nothing printed: a press that has worked has threads, which do not go along into a fork
    connections.close_all()
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    desk = Desk(listening, random.Random(20261128))
    for _ in range(int(sys.argv[1])):
        desk.fork()
    print(json.dumps({"port": listening.getsockname()[1], **told}), flush=True)
    for line in sys.stdin:
        if line.strip() == "kill":
            desk.kill()
            print(json.dumps(time.time()), flush=True)
    for pid in desk.workers:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
