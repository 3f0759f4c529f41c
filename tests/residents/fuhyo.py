"""附票のことば — what the 附票 is told, for tests: everything posted from now on, and a 本籍 in this city."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from daicho import outbox
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.layouts import by_code
from tests.cast import HANAKO, ICHIRO, TARO, Role

HERE = "北海道小樽市花園2丁目12番地"
OTARU, CHUO = "012033", "011011"  # 札幌市中央区 has the 本籍 of the cast


def at_home(role: Role, domicile: str = HERE) -> Role:
    """The same person with a 本籍 in this city, or where it is said."""
    return replace(role, texts={**role.texts, "registered_domicile": domicile})


TARO_HERE, HANAKO_HERE, ICHIRO_HERE = at_home(TARO), at_home(HANAKO), at_home(ICHIRO)


def told_fuhyo(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, FuhyoNoticeV1]]:
    """(destination, notice) of all that is posted from now on, in order."""
    found: list[tuple[str, FuhyoNoticeV1]] = []
    post_many = outbox.post_many

    def listening(outgoing: Iterable[outbox.Outgoing]) -> object:
        posted = list(outgoing)
        found.extend((one.to, one.message) for one in posted if isinstance(one.message, FuhyoNoticeV1))
        return post_many(posted)

    monkeypatch.setattr(outbox, "post_many", listening)
    return found


def reasons(sent: Iterable[tuple[str, FuhyoNoticeV1]]) -> list[str]:
    """Why, in the words of layouts/codes.csv."""
    return [by_code("fuhyo_reason")[message.reason_code].identifier for _, message in sent]
