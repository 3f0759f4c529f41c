"""連携の状況の画面 — of each grant in force when it was told last, what waits and since when. 標準7.2.3; design §5."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from daicho import city, clock
from daicho.staff.queries import actor_of
from daicho.transfers.queries.feeds import Feed, feeds
from daicho.transfers.screens.words import METHODS
from daicho.ui.dates import moment


@dataclass(frozen=True)
class Line:
    """A feed as it is drawn. `age`: for how long its oldest notice waits."""

    feed: Feed
    method: str
    told: str
    looked: str
    age: str
    badge: tuple[str, str]


@require_GET
def feeds_page(request: HttpRequest) -> HttpResponse:
    found = feeds(actor_of(request))
    context = {
        "lines": [_line(feed) for feed in found.feeds],
        "line_stopped": found.line_stopped,
        "line_failures": found.line_failures,
        "minutes": city.setting("transfer_batch_minutes", clock.today()),
    }
    return render(request, "transfers/feeds.html", context)


def _line(feed: Feed) -> Line:
    return Line(feed, METHODS[feed.row.method], moment(feed.told_at), moment(feed.looked_at), _age(feed), _badge(feed))


def _age(feed: Feed) -> str:
    if feed.waiting_since is None:
        return ""
    minutes = int((clock.now() - feed.waiting_since).total_seconds() // 60)
    return f"{minutes // 60}時間{minutes % 60}分" if minutes >= 60 else f"{minutes}分"


def _badge(feed: Feed) -> tuple[str, str]:
    if feed.refused:
        return "error", f"拒否・送信できず{feed.refused}件"
    return ("waiting", f"送信待ち{feed.waiting}件") if feed.waiting else ("success", "届いています")


ROUTES = [path("feeds/", feeds_page, name="feeds")]
