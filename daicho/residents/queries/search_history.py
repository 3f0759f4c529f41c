"""検索履歴の読取り — an officer's own searches, and never another's. std 2.1.1 (N-2.1.1-01)."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from daicho import vault
from daicho.audit.actor import Actor
from daicho.residents.rules.search_history import History, Search, from_bytes

_OWN = "SELECT payload_ref FROM residents_searchhistory WHERE municipality_code = %s AND account_id_no = %s"
# An aid, no record: its commit does not wait for the disk. A power cut may cost the last half second of it.
_OWN_UNHURRIED = """
    SELECT h.payload_ref FROM residents_searchhistory h, (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
     WHERE h.municipality_code = %s AND h.account_id_no = %s FOR UPDATE OF h
"""


def own_ref(actor: Actor, *, to_keep: bool = False) -> int | None:
    """Where the actor's history is sealed; `to_keep`: locked, in a transaction of its own. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OWN_UNHURRIED if to_keep else _OWN, [settings.INSTALLATION.municipality_code, actor.account_id])
        row = cursor.fetchone()
    return row[0] if row else None


def own_history(actor: Actor) -> History:
    """The actor's searches, newest first. Two statements. It tells of no resident what the actor did not type."""
    ref = own_ref(actor)
    return from_bytes(vault.open_payload(ref)) if ref is not None else ()


def find_search(actor: Actor, no: int) -> Search | None:
    """One of the actor's own, by its number."""
    return next((search for search in own_history(actor) if search.no == no), None)


def last_of_visit(actor: Actor, visit_no: str) -> Search | None:
    """What was searched for last for this visitor."""
    return next((search for search in own_history(actor) if search.visit_no == visit_no), None)
