"""処理 — scheduled and batch work: registry, record of runs, catch-up after closed days, never twice at once. 標準9.1.

`daicho.jobs.commands.run` and `run_due` start jobs; `daicho.jobs.queries` tells what ran.
"""

from daicho.jobs.registry import Job, Parameter, register
from daicho.jobs.schedule import Schedule, daily, month_end, monthly, weekly, yearly

__all__ = ["Job", "Parameter", "Schedule", "daily", "month_end", "monthly", "register", "weekly", "yearly"]
