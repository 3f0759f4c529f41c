"""職員と設定の源 — residents leads, the others but juki_net follow. G-29."""

from __future__ import annotations

LEADER = "residents"
FOLLOWERS = ("chukan", "atena", "konbini", "transfers")
KINDS = ("staff_account", "city_setting", "city_places")


def wire(system: str) -> None:
    """juki_net keeps its own staff and settings (F-2-08, F-2-31)."""
    from django.conf import settings

    from daicho.city import intake as city
    from daicho.outbox import courier, intake, leading
    from daicho.staff import intake as staff

    if system == LEADER:
        followers = [follower for follower in FOLLOWERS if follower in settings.DAICHO.peers]
        leading.lead(*followers)
        for follower in followers:
            courier.allow(follower, *KINDS)
    elif system in FOLLOWERS:
        leading.follow(LEADER)
        for kind, handler in zip(KINDS, (staff.handle_account, city.handle_setting, city.handle_places), strict=True):
            intake.register(LEADER, kind, handler)
