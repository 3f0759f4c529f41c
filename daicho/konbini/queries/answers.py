"""回答の一覧 — every question and what it came to, refusals too. Every reading is recorded before it is shown. F-1-13, F-1-43; S5-03."""

from __future__ import annotations

from daicho import audit
from daicho.konbini.models import Answer
from daicho.konbini.permissions import KonbiniPermission
from daicho.konbini.queries.protection import answers_for
from daicho.konbini.rules.refusal import ISSUED

PURPOSE = "コンビニ交付の回答の確認"
PAGE = 50
REFUSED = "refused"


def listed(actor: audit.Actor, *, code: str | None = None, before: int | None = None) -> tuple[list[Answer], bool]:
    """One page, newest first, and whether older ones follow. `code`: a result, or REFUSED for all refusals. One query and the record.

    Raises audit.Refused (recorded).
    """
    with audit.reading(actor, KonbiniPermission.ANSWER_READ, purpose=PURPOSE) as seen:
        found = answers_for(actor).select_related("person").order_by("-pk")
        if code == REFUSED:
            found = found.exclude(code=ISSUED)
        elif code is not None:
            found = found.filter(code=code)
        if before is not None:
            found = found.filter(pk__lt=before)
        rows = list(found[: PAGE + 1])
        shown = rows[:PAGE]
        seen.add(*(row.person.public_id for row in shown if row.person is not None))
        seen.note(shown=len(shown))
    return shown, len(rows) > PAGE
