"""通知の状況 — how this room's notices stand. Every reading is recorded before it is shown. F-2-20; 標準7.1.1.1."""

from __future__ import annotations

from daicho.atena.permissions import AtenaPermission
from daicho.outbox.readings import NoticeReadings

NOTICES = NoticeReadings(AtenaPermission.NOTICE_READ, purpose="統合宛名の通知の状況の確認")
