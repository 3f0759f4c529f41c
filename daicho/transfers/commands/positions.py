"""連携の位置の記録 — from where on the batches of a grant tell what changed. 標準7.2.3 準リアルタイム."""

from __future__ import annotations

from django.db import connection

from daicho import clock
from daicho.transfers.models import FeedPosition, TransferGrant

_HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text"


def horizon() -> int:
    """The transaction before which nothing can change any more: the relay's own rule (outbox/claims.py). One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON)
        return int(cursor.fetchone()[0])


def begin_position(grant: TransferGrant) -> FeedPosition:
    """What changes from this moment on belongs to the grant's batches, also before its first day."""
    return FeedPosition.objects.create(grant=grant, xid=horizon(), row_id=0, looked_at=clock.now())
