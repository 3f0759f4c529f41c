"""異動の通知書の場面 — the letters of an event, one of them put out, the forms of its filing, and every paper of the person. 標準仕様 1.3.8, 4.1.0.3."""

from __future__ import annotations

from tests.journeys.browser import papers
from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk


def its_letters(walk: Walk, clerk: Officer, examiner: Officer, person: str) -> None:
    """The examiner stands at the result of a 転居; the clerk comes back to it from the history."""
    walk.papers["届出の控えと手続の案内"] = papers.put_out(examiner, "届出の控えと手続の案内を出力")
    walk.see("23-異動の通知書", clerk, f"/person/{person}/papers/2/")
    walk.papers["住民異動届受理通知"] = papers.put_out(clerk, "出力：住民異動届受理通知")
    walk.see("23-異動の通知書-出力後", clerk, f"/person/{person}/papers/2/")
    walk.see("22-発行した文書", clerk, f"/person/{person}/papers/")
