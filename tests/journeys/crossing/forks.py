"""分かれた過程 — a process that has Django set up and forks others: each has an id of its own and can be killed, and none loads Django anew. Issue step 5.

For the counter's processes, and for `daicho` commands whose answer is asked for and not their start. A fork begins without any
connection to the database, and ends when the process that forked it ends.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, NoReturn

from daicho.site.launch.lifeline import end_with_parent

Commands = dict[str, Callable[..., object]]


@dataclass
class Fork:
    """One forked process: takes a JSON line, answers with one."""

    pid: int
    orders: IO[str]
    answers: IO[str]

    @classmethod
    def start(cls, commands: Commands) -> Fork:
        _require_no_connection()
        (orders, give), (hear, answers) = os.pipe(), os.pipe()
        parent = os.getpid()
        if (pid := os.fork()) == 0:
            os.close(give)
            os.close(hear)
            _work(parent, commands, os.fdopen(orders, encoding="utf-8"), os.fdopen(answers, "w", encoding="utf-8"))
        os.close(orders)
        os.close(answers)
        return cls(pid, os.fdopen(give, "w", encoding="utf-8"), os.fdopen(hear, encoding="utf-8"))

    def ask(self, line: str) -> str | None:
        """None when it ended instead of answering."""
        self.orders.write(line)
        self.orders.flush()
        return self.answers.readline() or None

    def end(self) -> int:
        """How it ended, once it hears that nothing more is asked: its exit code, or minus the signal."""
        with contextlib.suppress(BrokenPipeError):
            self.orders.close()
        self.answers.close()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def serve(commands: Commands) -> None:
    """Pass on what is asked line by line to one fork, and to a new one after that has died: the answer is then {"died": code}.

    `daicho WORD …` is a command too, in a fork of its own.
    """
    at_work: Fork | None = None
    for line in sys.stdin:
        if json.loads(line)[0] == "daicho":
            alone = Fork.start({"daicho": daicho})
            answer, code = alone.ask(line), alone.end()
        else:
            at_work = at_work or Fork.start(commands)
            if (answer := at_work.ask(line)) is None:
                code, at_work = at_work.end(), None
        print(answer or json.dumps({"died": code}) + "\n", end="", flush=True)
    if at_work is not None:
        at_work.end()


def daicho(*words: str) -> tuple[int, str, str]:
    """The operator's command as this system's web role: exit code, what it said, what it said of errors."""
    from django.conf import settings

    from daicho.site import cli, process

    def enter(system: str, as_owner: bool = False) -> None:
        assert (system, as_owner) == (settings.DAICHO.name, False), "this process is another system's"

    process.enter = enter
    with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(io.StringIO()) as errors:
        try:
            code = cli.main(words)
        except SystemExit as ended:
            code = int(ended.code or 0)
    return code, said.getvalue(), errors.getvalue()


def _require_no_connection() -> None:
    """Two processes on one connection would hear each other's answers."""
    from django.db import connections

    assert not [one.alias for one in connections.all(initialized_only=True) if one.connection is not None]


def _work(parent: int, commands: Commands, orders: IO[str], answers: IO[str]) -> NoReturn:
    """In the fork: until nothing more is asked. It never returns into what the other process was doing."""
    code = 1
    try:
        end_with_parent(parent)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for line in orders:
            name, arguments = json.loads(line)
            answers.write(json.dumps(commands[name](*arguments)) + "\n")
            answers.flush()
        code = 0
    except BaseException:  # noqa: BLE001, it is told and nothing follows
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)
