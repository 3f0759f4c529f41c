"""通知の状況 — how this room's notices stand. Every reading is recorded before it is shown. F-2-20; 標準7.1.1.1."""

from __future__ import annotations

from daicho.outbox.readings import NoticeReadings
from daicho.transfers.permissions import TransfersPermission

NOTICES = NoticeReadings(TransfersPermission.NOTICE_READ, purpose="庁内連携の通知の状況の確認")
