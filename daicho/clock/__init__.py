"""時計 — the one clock of a process: Japanese date and UTC instant, never backwards. 標準4.0.3（処理日）.

Nothing else in daicho asks the operating system for the time. In demo and tests all processes are moved together by one
offset file (`DAICHO_CLOCK_FILE`); production refuses it. See README.md for what happens when the time moves back.
"""

from daicho.clock.offset import ClockError, move_to, read_offset
from daicho.clock.process import JST, at, forbid_moving, jst, now, today

__all__ = ["JST", "ClockError", "at", "forbid_moving", "jst", "move_to", "now", "read_offset", "today"]
