"""辞書の言葉 — how a row of a dictionary and a change of it are told. 標準1.3.2–1.3.5."""

from __future__ import annotations

from collections.abc import Sequence

from daicho.city.dictionaries import Dictionary, Row, table
from daicho.city.dictionary_changes import differences_of
from daicho.city.differences import Compared, Difference
from daicho.city.models import DictionaryChange
from daicho.city.screens.words import OUTCOMES
from daicho.ui.dates import moment


def cells(of: Dictionary, row: Row | None) -> list[str]:
    """The texts of the columns, in their order; a word of a choice by what it means."""
    return ["" if row is None else column.choices.get(row[column.name] or "", row[column.name] or "") for column in of.columns]


def entries(of: Dictionary, row: Row | None) -> list[tuple[str, str]]:
    return [(column.ja, text) for column, text in zip(of.columns, cells(of, row), strict=True)]


def summary(of: Dictionary, row: Row) -> str:
    return "　".join(text for text in cells(of, row) if text)


def listed(change: DictionaryChange) -> dict[str, object]:
    """A change as lists show it."""
    of, differences = table(change.dictionary), differences_of(change)
    decided = f"{change.decided_by}　{moment(change.decided_at)}" if change.decided_at else ""
    return {
        "no": change.pk, "ja": of.ja, "summary": counts_ja(differences) if len(differences) > 1 else kind_ja(differences[0]) + "　" + of.title_of(differences[0].row),
        "source": change.source, "on": change.valid_from, "proposed": f"{change.proposed_by}　{moment(change.proposed_at)}", "decided": decided,
        "state": OUTCOMES[change.outcome],
    }  # fmt: skip


def kind_ja(one: Difference) -> str:
    return "追加" if one.before is None else "廃止" if one.after is None else "変更"


def counts_ja(differences: Sequence[Difference]) -> str:
    added, changed, ended = Compared(tuple(differences), 0).counts
    return "、".join(f"{ja}{count:,}件" for ja, count in (("追加", added), ("変更", changed), ("廃止", ended)) if count)
