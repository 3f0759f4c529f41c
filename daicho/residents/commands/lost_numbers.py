"""失われた宛名番号の知らせ — after a restore the rooms that hold persons by 宛名番号 are told which of them are nobody's. std 1.1.13; decision 0019."""

from __future__ import annotations

from django.conf import settings

from daicho import city, clock, outbox
from daicho.contracts.lost_atena_nos_v1 import LostAtenaNosV1
from daicho.values.numbers import AtenaNo

TOLD = ("konbini", "transfers")


def tell_of_lost_numbers(first: int, last: int) -> None:
    """Post the serials `first` to `last` of 宛名番号, which the restore left out, in its transaction. A room that is not deployed is told nothing."""
    digits = int(city.setting("number_digits", clock.today()))
    message = LostAtenaNosV1(str(AtenaNo.from_serial(first, digits)), str(AtenaNo.from_serial(last, digits)))
    outbox.post_many([outbox.Outgoing(message, room) for room in TOLD if room in settings.DAICHO.peers])
