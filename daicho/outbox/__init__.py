"""通知・送達・受信簿 — the post room: what other rooms must be told, whether they were, and what came in. 住民基本台帳法第30条の6, 第9条第1項.

    from daicho import outbox
    outbox.post(message, to="juki_net", subjects=outbox.subject_handles("juki_net", [person.public_id]), because=event.pk)

Names are looked up when first used: Django imports this package before its models can be loaded.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daicho.outbox.commands import Outgoing, post, post_many
    from daicho.outbox.handles import subject_handle, subject_handles
    from daicho.outbox.questions import ask

_HOME = {
    "Outgoing": "commands",
    "post": "commands",
    "post_many": "commands",
    "subject_handle": "handles",
    "subject_handles": "handles",
    "ask": "questions",
}

__all__ = ["Outgoing", "ask", "post", "post_many", "subject_handle", "subject_handles"]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
