"""移行した生年月日 — in the calendar of 住民種別, whatever the file wrote. std 1.1.8, 1.1.9; C-07."""

from __future__ import annotations

import json

import pytest

from daicho.residents.commands.importing import BadFile
from daicho.residents.queries.exporting import What
from daicho.residents.queries.proof import prove
from tests.residents.register_files import come_out, foreigner, person, take_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cell", "japanese", "foreign"),
    [
        ("19850309", "S60-03-09", "1985-03-09"),
        ("1985-03-09", "S60-03-09", "1985-03-09"),
        ("S60-03-09", "S60-03-09", "1985-03-09"),
        ("month_only:S60-03", "month_only:S60-03", "month_only:1985-03"),
        ("unknown:", "unknown:", "unknown:"),
        ("2013-02-29", "H25-02-29", "2013-02-29"),
    ],
)
def test_移行した生年月日は住民種別の暦になる(tmp_path, cell, japanese, foreign):
    """N-1.1.8-32, N-1.1.9-03, -07: the days stay; 誤記修正後生年月日 too, and what an event said of it."""
    cells = {"birth_date": cell, "corrected_birth_date": cell}
    later = {"recorded_at": "2014-03-05T09:00:00+09:00", "event_date": "H26-03-05", "event_asserted": json.dumps({"birth_date": cell})}
    rows = [person(7, **cells), foreigner(8, **cells)]
    take_in(tmp_path, *(each for row in rows for each in (row, row | later if "-" in cell else row | {**later, "event_asserted": ""})))
    births = {(row["atena_no"][-1], row["birth_date"], row["corrected_birth_date"]) for row in come_out(What(history=True, numbers=True))}
    assert births == {("7", japanese, japanese), ("8", foreign, foreign)}
    assert prove().proven


def test_元号の決まらない日本人の生年月日は取り込まない(tmp_path):
    """N-1.1.8-32: 1989年 is 昭和64年 and 平成元年."""
    with pytest.raises(BadFile) as caught:
        take_in(tmp_path, person(7, birth_date="year_only:1989"))
    assert [(b.row_no, b.item) for b in caught.value.bad] == [(2, "3 生年月日")]
