"""設定の初期値 — every setting there is, by matter, with its meaning, its first value and where that comes from (出所). 標準1.3, spec/domain.md §13.

A city overrides a value by a dated change that two officers make; a key that is not here does not exist. What the law or an
assessment fixes is no setting (F-1-02: the examiner is another officer than the one who entered), and a key comes with the code that reads it.
"""

from __future__ import annotations

from collections.abc import Mapping

from daicho.city.defaults import (
    asking,
    bulk,
    card_move_in,
    certificates,
    chukan,
    follow_ups,
    immigration,
    juki_net,
    konbini,
    letters,
    linking,
    opening,
    oversight,
    principal_notice,
    residents,
    seals,
    search,
    surveys,
    transfers,
)
from daicho.city.defaults.declaration import Default, Topic
from daicho.city.kinds import Value

TOPICS = (
    residents.TOPIC, card_move_in.TOPIC, certificates.TOPIC, bulk.TOPIC, seals.TOPIC, konbini.TOPIC, juki_net.TOPIC, chukan.TOPIC, transfers.TOPIC, linking.TOPIC, oversight.TOPIC,
    opening.TOPIC, surveys.TOPIC, immigration.TOPIC, follow_ups.TOPIC, search.TOPIC, letters.TOPIC, seals.LETTERS_TOPIC, principal_notice.TOPIC, asking.TOPIC,
)  # fmt: skip
DEFAULTS: Mapping[str, Default] = {default.key: default for topic in TOPICS for default in topic.settings}

__all__ = ["DEFAULTS", "TOPICS", "Default", "Topic", "Value"]
