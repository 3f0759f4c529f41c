"""すべての画面 — every GET route of every system, in a real browser: nothing for axe, nothing sideways, no word over another, nothing from elsewhere. WCAG 2.2 A・AA; F-1-77; issue step 7."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from daicho.site.launch.bootstrap import PAIRS

pytestmark = [pytest.mark.browser, pytest.mark.font]

NOT_PAGES = {"ui:font": "glyphs, which every page asks for"}
BEGIN_A_PROOF = ("second_factor:assertion", "second_factor:enrolment")  # whoever opens them must prove their body before anything else
THE_SAME_EVERYWHERE = {"ui:gallery", "ui:gallery_error", "staff:password"}  # looked at where the frames are: in residents and juki_net
SHARED = ("/oversight/", "/jobs/", "/city/", "/staff/", "/numbers/", "/notices/")
LOOKED_AT_IN = ("residents", "chukan")  # one that changes staff and city, and one that follows; the other four only open the shared pages
LEAD_ELSEWHERE = {
    "residents:as_of": "its form lies on the history",
    **{f"{system}:home": "to a page that its reader may see" for system in PAIRS if system != "residents"},
}


@pytest.mark.parametrize("system", PAIRS)
def test_どの画面にも指摘がなく横に動かず外に出ない(printing, town, browser, system):
    """F-1-77."""
    from tests.journeys.browser import scenes
    from tests.journeys.browser.routes import routes_of
    from tests.ui.browser import wrong_with

    wrong: list[str] = []

    def look(name, page):
        if system not in LOOKED_AT_IN and urlsplit(page.url).path.startswith(SHARED):
            return
        wrong.extend(wrong_with(page, name))

    walk = scenes.Walk(town, browser, look)
    scenes.SYSTEMS[system](walk)
    assert wrong == []
    assert [complaint for officer in walk.officers for complaint in officer.watch.complaints] == []

    signed_in = next(one for one in (officer.page.request for officer in reversed(walk.officers)) if one.get("/staff/grants/", max_redirects=0).status == 200)
    asked = sorted(routes_of(town, system), key=lambda route: route.name in BEGIN_A_PROOF)
    routes = [route for route in asked if signed_in.get(route.sample, max_redirects=0).status != 405]  # those that answer to GET
    assert len(routes) > 8
    left = {route.name for route in routes if not walk.has_opened(route.leads, 302 if route.name in LEAD_ELSEWHERE else 200)} - set(NOT_PAGES)
    assert left - (THE_SAME_EVERYWHERE if system not in ("residents", "juki_net") else set()) == set()
