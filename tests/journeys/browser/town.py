"""試験の街 — a whole throwaway city as `daicho up` makes it: real processes, made-up people and officers, on free ports. 設計2章・8章."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any  # keys as DevTools tell them, and JSON
from zoneinfo import ZoneInfo

import requests

from daicho.contracts import base
from daicho.contracts.family_register_notice_v1 import RegisterEntries
from daicho.site.launch import ports
from daicho.site.launch.bootstrap import COUNTERPARTS, counterpart_port
from daicho.site.launch.demo import Demo, base_environment, process_environment
from daicho.values.dates import JapaneseDate, wareki
from daicho.values.made_up import made_up_individual_number, made_up_residence_card_no, made_up_user_certificate_serial
from synthetic.accounts import CODE_FILE, PASSWORD_FILE
from synthetic.city import people
from synthetic.people import Person
from tests.cast import Role
from tests.contracts.immigration_samples import EXTENDED
from tests.contracts.juki_samples import FROM_OUTSIDE
from tests.harness import scratch

ROOT = Path(__file__).resolve().parents[3]
SIZE = 300
PATIENCE = 300  # seconds until the city answers
GRACE = 40  # seconds in which it ends
_READY = "Ctrl-C ends it"
_OFFSETS = range(3_000, 23_000, 1_100)  # below the ports that the kernel gives to clients


@dataclass(frozen=True)
class Town:
    demo: Demo
    passwords: Mapping[str, str]  # "source/login" → password
    codes: Mapping[str, str]  # "system/login" → the code that registers an authenticator
    devices: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # likewise → what the officer's device holds

    def address(self, system: str) -> str:
        return f"http://localhost:{self.demo.ports()[system].screens}"

    def password(self, system: str, login: str) -> str:
        """juki_net keeps its own staff; the others' are those of residents (G-29)."""
        return self.passwords[f"{'juki_net' if system == 'juki_net' else 'residents'}/{login}"]

    def environment(self, system: str) -> dict[str, str]:
        """For a process of this city's system, as the web role."""
        return process_environment(self.demo, system) | {"PYTHONPATH": str(ROOT)}


def days_ago(days: int) -> str:
    """A day of the city, which lives in the time of Japan, as a clerk types it."""
    return wareki(datetime.now(ZoneInfo("Asia/Tokyo")).date() - timedelta(days=days))


def somebody(town: Town, place: int) -> Person:
    """One of the made-up residents who have a card, in the order of the city's files."""
    return next(islice((person for person in people(1, town.demo.size) if "user_certificate_serial" in person.rows[-1].entries), place, None))


def numbers_of(person: Person) -> tuple[str, str]:
    """(個人番号, serial of the card's certificate)."""
    return str(made_up_individual_number(person.index)), str(made_up_user_certificate_serial(person.index))


def told_outside(town: Town, counterpart: str, order: Mapping[str, Any], path: str = "/_send") -> Any:
    """Let a counterpart speak first, over the real wire; what it says of it."""
    reply = requests.post(_outside(town, counterpart, path), data=json.dumps(order), verify=_vouched(town, counterpart), timeout=30)
    assert reply.status_code == 200, reply.text
    return reply.json()


def heard_outside(town: Town, counterpart: str) -> Any:
    """What a counterpart has taken and kept."""
    return requests.get(_outside(town, counterpart, "/_received"), verify=_vouched(town, counterpart), timeout=30).json()


def told_by_the_commissioner(town: Town) -> None:
    """長官通知 of a longer 在留期間 of one of the made-up foreign residents."""
    newest = ((person.index, person.rows[-1].entries) for person in people(1, town.demo.size))
    someone = next(index for index, entries in newest if entries.get("article_30_45_class_code") == "1" and entries.get("closed_on") is None)
    today = datetime.now(ZoneInfo("Asia/Tokyo")).date()
    card = str(made_up_residence_card_no(someone))
    told = replace(EXTENDED, former_card_no=card, notice_date=today, effective_on=today - timedelta(days=1))
    reply = told_outside(town, "immigration", {"to": "residents", "kind": "commissioner_notice", "version": 1, "body": json.loads(base.encode(told))})
    assert reply["status"] in ("acknowledged", "duplicate"), reply


def told_by_another_city(town: Town) -> None:
    """転入通知 of somebody whom the city does not know."""
    reply = told_outside(town, "other_city", {"to": "juki_net", "kind": "move_in_outward", "version": 1, "body": json.loads(base.encode(FROM_OUTSIDE))})
    assert reply["status"] in ("acknowledged", "duplicate"), reply


def told_by_the_register_and_the_portal(town: Town, who: Role) -> None:
    """死亡 of somebody of the city, their 転出届 and a withdrawal that waits for its application."""
    said = {"name_kanji": who.name, "birth_date": JapaneseDate.parse(who.birth).encode(), "sex_code": who.sex}
    nothing_new = dict.fromkeys(each.name for each in fields(RegisterEntries))
    dead = {"juminhyo_code": None, **said, "entries": nothing_new}
    leaves = {**said, "name_kana": who.kana, "relationship": None}
    withdrawn = {"application_no": "MP-0", "withdrawn_at": base.write_instant(datetime.now(UTC))}
    for counterpart, order in (
        ("family_register", {"tell": {"event_date": JapaneseDate.of(date.today()).encode(), "people": [dead]}}),
        ("mynaportal", {"apply": {"people": [leaves], "former_address": "北海道小樽市花園2丁目12番1号"}}),
        ("mynaportal", {"to": "residents", "kind": "moving_withdrawal", "version": 1, "body": withdrawn}),
    ):
        reply = told_outside(town, counterpart, order)
        assert {one["status"] for one in reply.get("replies", [reply])} == {"acknowledged"}, reply


@contextmanager
def town(size: int = SIZE) -> Iterator[Town]:
    """The city is up within the block; afterwards no process, port or file of it is left."""
    folder = Path(tempfile.mkdtemp(prefix="daicho-b-", dir=scratch()))  # short, because sockets lie in it
    folder.chmod(0o711)  # the database's system user goes through it
    demo = Demo(folder / "city", size, _free_offset(folder))
    log = folder / "up.log"
    command = [sys.executable, "-m", "daicho.site.cli", "up", "--folder", str(demo.folder), "--size", str(size), "--port-offset", str(demo.port_offset)]
    tied = [sys.executable, "-m", "daicho.site.launch.lifeline", str(os.getpid()), *command]
    with open(log, "wb") as out:
        process = subprocess.Popen(tied, cwd=ROOT, env=base_environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_until_up(process, log)
        yield Town(demo, *(json.loads((demo.folder / file).read_text("utf-8")) for file in (PASSWORD_FILE, CODE_FILE)))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder)


def _wait_until_up(process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while _READY not in (said := log.read_text("utf-8")):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the city did not come up (exit code {process.poll()})\n{said}")
        time.sleep(0.1)


def until(look: Callable[[], Any], seconds: float = 60) -> Any:
    """What `look` finds once it finds something."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, "it has not come"
        time.sleep(0.1)
    return found


def _outside(town: Town, counterpart: str, path: str) -> str:
    return f"https://127.0.0.1:{counterpart_port(counterpart, town.demo.simulators_first_port)}{path}"


def _vouched(town: Town, counterpart: str) -> str:
    return str(town.demo.folder / "keys" / counterpart / "authority.pem")


def _free_offset(folder: Path) -> int:
    """So that it stands beside a demo and beside other tests' cities."""
    for offset in random.sample(_OFFSETS, len(_OFFSETS)):  # two cities that start at once hardly ever choose the same
        demo = Demo(folder, SIZE, offset)
        wanted = [port for each in demo.ports().values() for port in (each.screens, each.wire, each.database)]
        wanted += [demo.simulators_first_port + place for place in range(len(COUNTERPARTS))]
        if all(map(ports.is_free, wanted)):
            return offset
    raise RuntimeError("no free ports for a city")
