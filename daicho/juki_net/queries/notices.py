"""通知の状況 — what officers of this room read: how each notice stands, and of an update its facts, never whose. F-2-09, F-2-20; 標準7.1.1.1.

No name, address or number is shown: people stand behind the handles of the post room, and so do the trail's subjects.
"""

from __future__ import annotations

from collections.abc import Mapping

from daicho.juki_net.models import IdentityVersion
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.layouts import by_code
from daicho.outbox.models import Notice
from daicho.outbox.readings import NoticeReadings


def _facts(notice: Notice) -> Mapping[str, str]:
    """What an update of 本人確認情報 was about. Of a 転入通知 nothing is kept here."""
    whose = {"対象者": "表示していません（本人確認情報は、用務を入力して検索してください）"}
    if notice.kind != "juki_update":
        return whose
    version = IdentityVersion.objects.only("request_control_no", "update_sequence_no", "event_reason_code").get(pk=notice.because_event)
    reason = by_code("update_reason")[version.event_reason_code].ja
    return {"異動事由": reason, "更新順番号": str(version.update_sequence_no), "依頼管理番号": version.request_control_no} | whose


NOTICES = NoticeReadings(JukiNetPermission.NOTICE_READ, purpose="住基ネットへの通知の状況の確認", facts=_facts)
