"""不交付決定の文 — what the city says to who asked in vain, in its words of the day: the text of 不交付決定通知書. 住民基本台帳法第12条第6項, 第12条の3."""

from __future__ import annotations

from daicho import city, clock
from daicho.certificates.letters.application_refused import APPLICATION_REFUSED
from daicho.certificates.letters.wording import filled
from daicho.residents.queries.application_rows import ApplicationRows
from daicho.ui.dates import wareki_text


def refusal_text(rows: ApplicationRows) -> tuple[str, ...]:
    """Its paragraphs, with the reason of the decision. One query for the city's words."""
    if rows.decision is None:
        return ()
    on = clock.jst(rows.decision.decided_at).date()
    said = city.settings_on((APPLICATION_REFUSED.text_key, APPLICATION_REFUSED.note_key), on)
    fills = {"受付した日": wareki_text(rows.row.received_on), "理由": rows.decision.reason}
    return (*filled(said[APPLICATION_REFUSED.text_key], fills).splitlines(), *said[APPLICATION_REFUSED.note_key].splitlines())
