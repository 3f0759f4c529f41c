"""手入れ — what passes through is not kept, and search keys are those of today's folding. F-1-07, S4-05; 標準2.1.2."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from daicho import audit, city, clock
from daicho.atena.commands.joining import write_basics
from daicho.atena.models import IntegratedPerson, municipality_code
from daicho.atena.permissions import AtenaPermission
from daicho.outbox.erasing import erase_settled
from daicho.values.search_key import SEARCH_KEY_VERSION

AT_ONCE = 2_000
_KEYS = ("name_key", "furigana_key", "address_key", "birth_first", "birth_last", "key_version")


def erase_relayed_replicas() -> int:
    """Destroy the sealed contents of replicas that arrived longer ago than the city keeps them; returns how many. Notices and digests stay."""
    kept = timedelta(days=int(city.setting("atena_replica_kept_days", clock.today())))
    actor = audit.Actor.system("atena.upkeep", AtenaPermission.REPLICA_ERASE)
    return erase_settled(("replica",), clock.now() - kept, actor, reason="副本は中継後に保持しない（F-1-07）")


def renew_search_keys() -> int:
    """Make the keys anew that an older folding made, a portion at a time; returns how many."""
    renewed = 0
    while True:
        with transaction.atomic():
            old = IntegratedPerson.objects.select_for_update().filter(municipality_code=municipality_code()).exclude(key_version=SEARCH_KEY_VERSION)
            portion = list(old.order_by("pk")[:AT_ONCE])
            for person in portion:
                write_basics(person, person.to_value())
            if portion:
                IntegratedPerson.objects.bulk_update(portion, _KEYS, batch_size=500)
        renewed += len(portion)
        if len(portion) < AT_ONCE:
            return renewed
