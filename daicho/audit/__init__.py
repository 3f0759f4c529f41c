"""操作履歴 — who did what to whose record, from sign-in to sign-off; readings and refusals too. 標準10.2, F-1-13.

`reading()` and `record()` write, `require()` and `refused()` refuse and write, `seal_once()` chains, `verify()` proves.
What needs the tables' models stands in `daicho.audit.queries`, because Django imports this package before it has models.
"""

from daicho.audit.actor import Actor
from daicho.audit.context import acting, note_numbers
from daicho.audit.middleware import UnrecordedReading, personal
from daicho.audit.proof import Finding, Report, verify
from daicho.audit.readings import Reading, guard, reading
from daicho.audit.records import Refused, record, refused, require
from daicho.audit.sealer import Head, heads, seal_all, seal_once
from daicho.audit.write import Outcome

__all__ = [
    "Actor",
    "Finding",
    "Head",
    "Outcome",
    "Reading",
    "Refused",
    "Report",
    "UnrecordedReading",
    "acting",
    "guard",
    "heads",
    "note_numbers",
    "personal",
    "reading",
    "record",
    "refused",
    "require",
    "seal_all",
    "seal_once",
    "verify",
]
