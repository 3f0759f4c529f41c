"""点検の権限 — who may see how a system runs, and who may read its trail. 標準10.3（10.2の権限を独立に）."""

from enum import StrEnum


class OversightPermission(StrEnum):
    HEALTH_READ = "oversight:health:read"
    TRAIL_READ = "oversight:trail:read"


LABELS_JA = {
    OversightPermission.HEALTH_READ: "システムの稼働状況を見る",
    OversightPermission.TRAIL_READ: "システム全体の操作履歴を見る",
}
