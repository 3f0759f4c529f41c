"""送達済みの内容の消去 — what has arrived need not lie here: the sealed contents go, the notice and its digest stay for the books. 番号法第20条; F-1-07.

A notice that is not settled keeps its contents: it may have to be sent again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from daicho import audit, vault
from daicho.outbox.models import municipality_code

AT_ONCE = 5_000

_SETTLED = """
    SELECT n.payload_ref FROM outbox_notice n
      JOIN outbox_delivery d ON d.notice_id = n.order_no
      JOIN vault_payload p ON p.id = n.payload_ref
     WHERE n.municipality_code = %s AND n.kind = ANY(%s) AND d.settled_at <= %s AND p.erased_at IS NULL
     ORDER BY n.order_no LIMIT %s
"""


def erase_settled(kinds: Sequence[str], before: datetime, actor: audit.Actor, *, reason: str) -> int:
    """Erase the contents of notices of `kinds` that were acknowledged or withdrawn by `before`; returns how many. In portions, a transaction each."""
    erased = 0
    while True:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_SETTLED, [municipality_code(), list(kinds), before, AT_ONCE])
                refs = [ref for (ref,) in cursor.fetchall()]
            erased += vault.erase_payloads(refs, reason=reason, actor=actor) if refs else 0
        if len(refs) < AT_ONCE:
            return erased
