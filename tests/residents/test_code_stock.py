"""空き番の取得 — 住民票コード are asked of 機構 when few are left, and stocked as they come. 住民基本台帳法第30条の2; std 4.3.1; G-13."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from daicho import outbox
from daicho.audit.actor import Actor
from daicho.contracts.stocked_codes_v1 import StockedCodesV1
from daicho.outbox.errors import Refused
from daicho.residents.commands.code_stock import ask_for_codes, receive_codes
from daicho.residents.jobs import code_stock_job
from daicho.residents.models import StockedCode
from daicho.residents.models.code_stock import CodeStockRequest
from daicho.residents.permissions import Permission
from daicho.values.made_up import made_up_juminhyo_code
from tests.cast import CLERK, STRANGER, TARO
from tests.residents.counter import city_decides, move_in_form, register, stock, told

pytestmark = pytest.mark.django_db
INTAKE = Actor.system("residents.intake", Permission.REGISTER_IMPORT)
CODES = tuple(str(made_up_juminhyo_code(9_800_000 + at)) for at in range(100))


@pytest.fixture
def sent(monkeypatch) -> list[outbox.Outgoing]:
    return told(monkeypatch)


@transaction.atomic
def given(**changes: object) -> int:
    message = StockedCodesV1(CodeStockRequest.objects.latest("pk").request_control_no, "012033", CODES)
    return receive_codes(INTAKE, replace(message, **changes))


def left() -> int:
    return StockedCode.objects.filter(taken_at__isnull=True).count()


def test_基準を下回れば自動で求め届いたコードが蓄積される():
    """N-4.3.1-01, -02; G-13: twice the city's number, by the night's job; nobody types anything."""
    stock(*range(49))
    assert code_stock_job().run(date(2026, 4, 10), {}) == {"要求": 100}
    assert given() == 100
    assert (left(), CodeStockRequest.objects.get().answered_at is not None) == (149, True)


def test_足りていれば求めない(sent):
    stock(*range(50))
    assert ask_for_codes(CLERK) == 0
    assert sent == [] and not CodeStockRequest.objects.exists()


def test_件数は市の基準による(sent):
    """N-4.3.1-07."""
    city_decides("juminhyo_code_low", 200)
    stock(*range(199))
    assert ask_for_codes(CLERK) == 400


def test_回答を待つ間は同じ要求をもう一度送る():
    """So that 機構 gives them once."""
    ask_for_codes(CLERK)
    first = CodeStockRequest.objects.get().request_control_no
    ask_for_codes(CLERK)
    assert CodeStockRequest.objects.get().request_control_no == first
    given()
    assert ask_for_codes(CLERK) == 0


def test_同じ回答が二度届いても一度だけ蓄積される():
    ask_for_codes(CLERK)
    assert [given(), given()] == [100, 0]
    assert left() == 100


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"request_control_no": "0120330000000000000000"}, "unknown_request"),
        ({"municipality_code": "011002"}, "unknown_request"),
        ({"juminhyo_codes": (*CODES, TARO.juminhyo_code)}, "not_new"),
        ({"juminhyo_codes": (*CODES, CODES[0])}, "not_new"),
        ({"juminhyo_codes": (*CODES, "12345678901")}, "ill_formed"),
    ],
    ids=["求めていない", "別の市", "住民のコード", "二度ある", "検査数字"],
)
def test_求めていないコードや誰かのコードは一つも蓄積しない(changes, code):
    """F-1-03; 法30条の3: all or nothing, and the request stays open."""
    register("domestic_move_in", move_in_form([TARO]))
    ask_for_codes(CLERK)
    with pytest.raises(Refused) as refused:
        given(**changes)
    assert (refused.value.code, left(), CodeStockRequest.objects.get().answered_at) == (code, 0, None)


def test_権限がなければ求められない():
    with pytest.raises(Exception, match="residents:register:import"):
        ask_for_codes(STRANGER)
