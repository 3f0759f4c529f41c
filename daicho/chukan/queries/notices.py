"""通知の状況 — how this room's notices stand. Every reading is recorded before it is shown. F-2-20; 標準7.1.1.1."""

from __future__ import annotations

from daicho.chukan.permissions import ChukanPermission
from daicho.outbox.readings import NoticeReadings

NOTICES = NoticeReadings(ChukanPermission.NOTICE_READ, purpose="中間サーバーの通知の状況の確認")
