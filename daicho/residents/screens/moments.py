"""日時の表し方 — an instant as lists and records show it: 和暦, hours and minutes in Japan. std 1.1.9."""

from __future__ import annotations

from datetime import datetime

from daicho import clock
from daicho.ui.dates import wareki_text


def moment(instant: datetime | None) -> str:
    """「令和8年4月10日 13時05分」; "" for None."""
    if instant is None:
        return ""
    local = clock.jst(instant)
    return f"{wareki_text(local.date())} {local:%H時%M分}"
