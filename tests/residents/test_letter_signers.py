"""通知書の発信者と公印 — who signs each letter and with which seal are dated settings of that letter, as of a certificate. 標準仕様 1.3.9, 5.6 (N-5.6-01 to -05)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from daicho import clock
from daicho.city.defaults import DEFAULTS
from daicho.city.models import Certifier
from daicho.residents.commands.event_letters import put_out_of_event
from daicho.residents.commands.handing_over import Click, NotToBeIssued
from daicho.residents.models import SheetCurrent
from tests.cast import EXAMINER, HANAKO, TARO
from tests.paper.tools import text_of
from tests.residents import counter
from tests.residents.counter import city_decides, move_in_form, register
from tests.residents.seals import deputy_of, register_seals, seal_at

pytestmark = [pytest.mark.django_db, pytest.mark.font]
BEHIND_THE_SENDER = (167, 57, 190, 80)


@pytest.fixture
def letters(settings, tmp_path) -> dict[str, tuple[UUID, int]]:
    """Two letters that can be put out any day: one that bears a seal, one that does not. From the 10th to the 12th of April a deputy signs."""
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", seal_name="市長印", valid_from=date(2025, 1, 1))
    register_seals(settings, tmp_path)
    deputy_of(10, 12)
    counter.stock(1)
    taro, _ = [w.person.public_id for w in register("domestic_move_in", move_in_form((TARO, HANAKO)))]
    came = SheetCurrent.objects.get(person__public_id=taro).history_no
    register("juminhyo_code_change", counter.code_change_form(taro))
    return {"filing_accepted": (taro, came), "juminhyo_code_changed": (taro, SheetCurrent.objects.get(person__public_id=taro).history_no)}


def signed(code: str, letters: dict[str, tuple[UUID, int]], day: int, folder: Path) -> tuple[str, str]:
    """By whom, and under which seal, the letter is signed that goes out that day: as another reader finds them on the paper."""
    person, history_no = letters[code]
    with clock.at(date(2026, 4, day)):
        pdf = put_out_of_event(EXAMINER, person, history_no, code, Click(uuid4(), "試験"), "").pdf
    said = re.sub(r"\s", "", text_of(pdf, folder, "-raw"))
    who = [ja for ja, name in (("市長", "北海道小樽市長台帳守"), ("代理", "北海道小樽市副市長副市代")) if name in said]
    without = "（公印省略）" if "（公印省略）" in said else ""
    return "".join(who), seal_at(pdf, folder, BEHIND_THE_SENDER) + without


def test_通知書ごとに選んだ発信者と公印が決めた日から載りその前とほかの通知書には載らない(letters, tmp_path):
    """N-5.6-01, -02, -03; N-1.3.9-02: until the day the deputy of the day signs, and nothing but the chosen letter changes."""
    city_decides("certifier_of_juminhyo_code_changed", "mayor", date(2026, 4, 11))
    city_decides("seal_of_juminhyo_code_changed", "none", date(2026, 4, 12))
    city_decides("seal_of_juminhyo_code_changed", "mayor", date(2026, 4, 13))
    found = {day: signed("juminhyo_code_changed", letters, day, tmp_path) for day in (10, 11, 12, 13)}
    assert found == {10: ("代理", "代理印"), 11: ("市長", "市長印"), 12: ("市長", "（公印省略）"), 13: ("市長", "市長印")}
    assert signed("filing_accepted", letters, 11, tmp_path) == ("代理", "（公印省略）")


def test_選んだ発信者がその日にいなければ通知書は出ず理由が示される(letters, tmp_path):
    """N-5.6-01: nobody signs in another's name."""
    city_decides("certifier_of_filing_accepted", "deputy")
    assert signed("filing_accepted", letters, 12, tmp_path) == ("代理", "（公印省略）")
    with pytest.raises(NotToBeIssued) as refusal:
        signed("filing_accepted", letters, 13, tmp_path)
    assert "「住民異動届受理通知」の認証者（職務代理者）が、この日には登録されていません" in refusal.value.reasons[0][1]


def test_公印省略の通知書に選ぶ公印はなく証明書専用の印は通知書に選べない():
    """N-5.6-02, -05: the setting is there where the letter bears a seal; the seal for certificates is for certificates."""
    assert "seal_of_filing_accepted" not in DEFAULTS and "certifier_of_filing_accepted" in DEFAULTS
    assert DEFAULTS["seal_of_juminhyo_personal"].accepts("certificates")
    assert not DEFAULTS["seal_of_juminhyo_code_changed"].accepts("certificates")
    assert [key for key in DEFAULTS if key.endswith("ex_officio_record")] == []
