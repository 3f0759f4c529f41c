"""生存信号 — residents tells konbini every few seconds that it lives, and whose news are still on the way. S5-01; decision 0016."""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@contract("certificate_heartbeat", version=1, category="sign")
@dataclass(frozen=True)
class CertificateHeartbeatV1:
    """What waits is named by 宛名番号 and 世帯番号: konbini answers for everybody else. `all_wait`: too many to name.

    `last_epoch` and `last_notice_id` name the last notice that konbini acknowledged: without it konbini was restored, and is behind.
    """

    at: datetime
    waiting: int  # notices to konbini that are not acknowledged
    oldest_waiting_at: datetime | None
    atena_nos: tuple[str, ...]
    household_nos: tuple[str, ...]
    all_wait: bool
    last_epoch: str | None
    last_notice_id: str | None
