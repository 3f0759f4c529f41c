"""仮登録の留保 — what a clerk reads who meets a household that another filing holds. design §3; N-4.0.8-04."""

from __future__ import annotations

from datetime import date

import pytest

from daicho import clock
from daicho.residents.commands import filings
from daicho.residents.errors import HeldByAnother
from tests.cast import CLERK, TARO
from tests.residents.counter import enter, move_in_form, visit

pytestmark = pytest.mark.django_db


def test_前の日からの留保は日付も告げる():
    """N-4.0.8-04."""
    with clock.at(date(2026, 4, 9)):
        enter("domestic_move_in", move_in_form([TARO]))
    form = move_in_form([TARO], address="色内1丁目3番5号")
    row = filings.start(CLERK, visit(), "domestic_move_in", form)
    overrides = {p.key: "確認" for p in filings.judge(filings.definition_of(row.code), form, row.visit).problems}
    with pytest.raises(HeldByAnother, match=r"が令和8年4月9日\d\d:\d\dに仮登録した異動"):
        filings.enter(CLERK, row.public_id, form, overrides)
