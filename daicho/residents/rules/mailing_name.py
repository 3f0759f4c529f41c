"""郵便物の宛名 — under which name something is sent to a resident: 本名, 通称, or both, as their 郵便物送付コード says. std 1.1.19."""

from __future__ import annotations

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.vocabulary import BY_ALIAS, BY_BOTH, BY_LEGAL_NAME


def mailing_name(entries: SheetEntries) -> str | None:
    """None for who has no name at all. Without a code the 氏名優先区分 says it; without that it is the 本名. Who has no 通称 has one name only."""
    legal, alias = shown_name(entries), entries.foreign_alias
    chosen = entries.mailing_name_code or entries.name_priority_code or BY_LEGAL_NAME
    if alias is None or (chosen == BY_LEGAL_NAME and legal is not None):
        return legal
    return f"{legal}（{alias}）" if chosen == BY_BOTH and legal is not None else alias if chosen in (BY_ALIAS, BY_BOTH) or legal is None else legal
