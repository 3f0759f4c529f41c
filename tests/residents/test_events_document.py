"""異動事由一覧 — docs/events.md says what the definitions say. design §3, §10."""

from __future__ import annotations

from daicho.residents.rules.events import ALL_EVENTS
from daicho.residents.rules.events_doc import events_document
from daicho.site.commands.events import DOCUMENT


def test_一覧は定義のとおり新しい():
    """`daicho events --check`."""
    assert DOCUMENT.read_text("utf-8") == events_document(ALL_EVENTS)


def test_どの異動もどの欄も一覧にある():
    text = events_document(ALL_EVENTS)
    for event in ALL_EVENTS:
        assert f"## {event.ja} `{event.code}`" in text
        assert all(f"| `{field.name}` | {field.label} |" in text for field in (*event.fields, *event.member_fields))
        assert all(f"`{notify.kind.value}`" in text for notify in event.notices)
