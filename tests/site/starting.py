"""起動の試し — one Python that has read the libraries and nothing of ours that depends on a configuration; each start is a process forked from it.

A hundred starts of Python read the same files a hundred times. What is tried (settings, applications) each child reads itself, from the beginning.
Used by test_settings.py; run as `python -m tests.site.starting`, a line of JSON each way: {"environment": …, "code": …} → {"returncode": …, "stdout": …, "stderr": …}.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback

import django.apps
import django.conf
import django.db.models
import django.http
import django.utils.autoreload
import psycopg  # noqa: F401 — read once for all children

from daicho.site import config, logs  # noqa: F401
from daicho.values import eras  # noqa: F401


def serve() -> None:
    ours = sorted(name for name in sys.modules if name.startswith(("daicho.site.settings", "daicho.site.wiring")))
    assert ours == [] and not django.conf.settings.configured, ours
    for line in sys.stdin:
        asked = json.loads(line)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = os.fork()
            if child == 0:
                _become(asked["environment"], asked["code"], out.fileno(), err.fileno())
            _, status = os.waitpid(child, 0)
            said = [(file.seek(0), file.read().decode())[1] for file in (out, err)]
        print(json.dumps({"returncode": os.waitstatus_to_exitcode(status), "stdout": said[0], "stderr": said[1]}), flush=True)


def _become(environment: dict[str, str], code: str, out: int, err: int) -> None:
    """In the child: with that environment and nothing else, it runs the code and ends as Python ends, with 1 after an exception that nobody caught."""
    status = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.environ.clear()
        os.environ.update(environment)
        exec(code, {"__name__": "__main__"})
        status = 0
    except BaseException:  # noqa: BLE001, told on its way out
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve()
