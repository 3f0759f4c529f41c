"""操作履歴の権限 — who may look into the trail; it is sealed and proved by an operator's command. 標準10.3（10.2の権限を独立に）."""

from enum import StrEnum


class AuditPermission(StrEnum):
    """This package's permissions."""

    ENTRY_READ = "audit:entry:read"  # 操作履歴の照会
