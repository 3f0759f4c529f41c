"""検索履歴の保存 — every search is kept without being asked to, for the officer alone, and the oldest go. std 2.1.1 (N-2.1.1-01).

That a search was made, by which keys and who was shown is the trail's to say (F-1-13); this is the officer's own aid and no record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.db import IntegrityError, transaction

from daicho import city, clock, vault
from daicho.audit.actor import Actor
from daicho.residents.models import SearchHistory
from daicho.residents.queries.search_history import own_ref
from daicho.residents.rules.search_history import History, from_bytes, remembered, to_bytes


def remember(actor: Actor, typed: Mapping[str, str], visit_no: str) -> None:
    """Keep what was typed. What falls out of the history is written over with it: nothing of it stays. Six statements."""
    most, at = int(city.setting("search_history_count", clock.today())), clock.now().isoformat(timespec="seconds")

    def after(history: History) -> bytes:
        return to_bytes(remembered(history, typed, visit_no, at, most))

    try:
        _keep(actor, after)
    except IntegrityError:  # two first searches at once: the other's was quicker
        _keep(actor, after)


@transaction.atomic
def _keep(actor: Actor, after: Callable[[History], bytes]) -> None:
    ref = own_ref(actor, to_keep=True)
    if ref is not None:
        vault.replace_payload(ref, after(from_bytes(vault.open_payload(ref))))
        return
    code = settings.INSTALLATION.municipality_code
    SearchHistory.objects.create(municipality_code=code, account_id_no=actor.account_id, payload_ref=vault.seal_payload(after(())))
