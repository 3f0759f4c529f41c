"""通知の状況 — how this room's notices stand. Every reading is recorded before it is shown. F-2-20; 標準7.1.1.1."""

from __future__ import annotations

from daicho.konbini.permissions import KonbiniPermission
from daicho.outbox.readings import NoticeReadings

NOTICES = NoticeReadings(KonbiniPermission.NOTICE_READ, purpose="コンビニ交付の通知の状況の確認")
