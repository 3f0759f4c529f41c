"""操作者 — one room's right stands for a shared package's, for one call. F-1-10; design §6."""

from __future__ import annotations

import pytest

from tests.audit.cast import CLERK, READ

SHARED = "outbox:notice:read"


def test_部屋の権限が共用の権限に代わり元の操作者は変わらない():
    standing = CLERK.with_right(SHARED)
    assert (standing.may(SHARED), standing.may(READ), CLERK.may(SHARED)) == (True, True, False)
    assert standing.login == CLERK.login


def test_権限の名でないものは加えられない():
    with pytest.raises(ValueError, match="room:thing:action"):
        CLERK.with_right("everything")
