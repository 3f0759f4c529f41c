"""命綱 — a process that ends when the one that started it ends, however that ended. 設計2章.

`python -m daicho.site.launch.lifeline PARENT_PID COMMAND…` ties itself to the parent and becomes COMMAND; granian's
workers tie themselves in the WSGI modules, because a killed granian would leave them holding the port.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent(parent: int) -> None:
    """Let the kernel kill this process when `parent`, its parent, is gone. Without effect where there is no prctl."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it was gone before we asked
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    end_with_parent(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])
