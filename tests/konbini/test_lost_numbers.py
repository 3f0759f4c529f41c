"""失われた宛名番号 — whom a restored register lost gets no paper under that number, and is taken under the new one. decision 0019; S5-01."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daicho import audit, vault
from daicho.contracts.lost_atena_nos_v1 import LostAtenaNosV1
from daicho.konbini.commands.retiring import retire_lost
from daicho.konbini.models import CertifiedPerson
from daicho.values.numbers import AtenaNo
from tests.contracts.convenience_samples import HANAKO, ICHIRO, SERIAL, TARO
from tests.konbini.sending import HOUSEHOLD, ask, beat, paper_of, send, tell

pytestmark = pytest.mark.django_db

LOST, AGAIN = (str(AtenaNo.from_serial(serial, 10)) for serial in (100_000_050, 100_100_001))
RANGE = LostAtenaNosV1(str(AtenaNo.from_serial(100_000_010, 10)), str(AtenaNo.from_serial(100_100_000, 10)))
NEWCOMER = replace(HANAKO, atena_no=LOST)
"""花子 moved in to 太郎 after the backup: under a number that the register knows no more."""


@pytest.fixture(autouse=True)
def told(city):
    """The register stood so, lost her, and has said so; the last number before the backup was 一郎's."""
    tell(TARO, replace(ICHIRO, order_in_household=3), NEWCOMER)
    beat()
    assert "花子" in paper_of(ask(certificate_kind=HOUSEHOLD))
    assert send(RANGE).status == "acknowledged"


def test_失われた番号の人のカードではもう何も交付しない():
    assert ask(user_certificate_serial=HANAKO.user_certificate_serial).document is None
    row = CertifiedPerson.objects.get(atena_no=LOST)
    assert (row.card_ref, row.entries_ref, row.household_no) == (None, None, None)


def test_世帯の写しにも載らない():
    assert "花子" not in paper_of(ask(certificate_kind=HOUSEHOLD))


def test_入れ直された人は新しい番号で同じカードで交付を受け世帯の写しに一度だけ載る():
    """Before, her card was another person's, and she would have stood twice on the paper of the household."""
    tell(replace(NEWCOMER, atena_no=AGAIN))
    assert "花子" in paper_of(ask(user_certificate_serial=HANAKO.user_certificate_serial))
    assert paper_of(ask(certificate_kind=HOUSEHOLD)).count("ハナゾノハナコ") == 1


def test_ほかの人には何も起こらない():
    """Also not to whoever came after the restore, when the notice comes once more."""
    tell(replace(NEWCOMER, atena_no=AGAIN))
    send(RANGE)
    assert set(CertifiedPerson.objects.filter(entries_ref__isnull=False).values_list("atena_no", flat=True)) == {TARO.atena_no, ICHIRO.atena_no, AGAIN}
    assert ask(user_certificate_serial=SERIAL).document is not None


def test_記載は封を破って消す(told):
    tell(replace(NEWCOMER, atena_no=AGAIN))
    before = CertifiedPerson.objects.get(atena_no=AGAIN).entries_ref
    send(LostAtenaNosV1(AGAIN, AGAIN))
    with pytest.raises(vault.ErasedError):
        vault.open_payload(before)


def test_受付口のほかに取り下げられる者はいない():
    """F-0-12."""
    with pytest.raises(audit.Refused):
        retire_lost(RANGE.first, RANGE.last, CertifiedPerson.objects.first().told_at, audit.Actor.system("nobody"))
