"""画面の枠 — what the frame of every page shows: city, system, person, terminal, the visitor being served, the menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from daicho import clock
from daicho.audit.actor import Actor
from daicho.audit.context import current
from daicho.ui import address_steps
from daicho.ui.addresses import find_url
from daicho.ui.flash import Flash, take
from daicho.ui.fonts import style_sheet_url
from daicho.ui.navigation import entries_for

SYSTEM_LABELS = {
    "residents": "住民記録",
    "juki_net": "住基ネット",
    "chukan": "中間サーバー連携",
    "atena": "統合宛名",
    "konbini": "コンビニ交付",
    "transfers": "庁内連携",
}
OUTSIDE_LABELS = {
    "prefecture": "都道府県サーバ", "jlis_national": "全国サーバ（機構）", "card_system": "個人番号カード管理システム", "network_core": "情報提供ネットワークシステム",
    "immigration": "出入国在留管理庁", "other_city": "他の市区町村", "family_register": "戸籍情報システム", "certificate_centre": "証明書交付センター",
    "departments": "庁内各課の業務システム", "mynaportal": "マイナポータル",
}  # fmt: skip


def party_ja(name: str) -> str:
    """What the screens call another party of the wire, a system of ours or one outside; itself when it is neither."""
    return SYSTEM_LABELS.get(name) or OUTSIDE_LABELS.get(name, name)


@dataclass(frozen=True)
class VisitBanner:
    """受付中の来庁者, shown in the frame while a visit is open. A room puts it on `request.visit_banner`."""

    visit_no: str
    visitor: str  # name and right, e.g. 「山田 花子（本人）」
    url: str


@dataclass(frozen=True)
class Caution:
    """What must be known of somebody on the page before anything else; it stands above all of it. `whose` is "" where the page is theirs alone."""

    label: str
    text: str
    whose: str = ""
    url: str = ""
    link: str = ""


_cautions: list[Callable[[HttpRequest], Sequence[Caution]]] = []


def register_cautions(of_page: Callable[[HttpRequest], Sequence[Caution]]) -> None:
    """A room says what must stand first on a page, by whom the page shows: no screen can forget it. Idempotent."""
    if of_page not in _cautions:
        _cautions.append(of_page)


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    access_key: str
    is_current: bool


@dataclass(frozen=True)
class MenuGroup:
    """Entries folded under a heading."""

    label: str
    items: tuple[MenuItem, ...]

    @property
    def is_current(self) -> bool:
        return any(item.is_current for item in self.items)


@dataclass(frozen=True)
class Chrome:
    municipality_name: str
    system_label: str
    environment_label: str  # "" in production
    system_name: str
    actor: Actor | None
    terminal_name: str
    pauses_after_seconds: int  # a page untouched for so long is blanked; 0: never
    return_to: str  # where a blanked page is opened again: itself, or the first page when it answers no GET
    office_code: str
    today: date
    menu: tuple[MenuItem | MenuGroup, ...]
    visit: VisitBanner | None
    names_css_url: str
    has_address_steps: bool
    messages: tuple[Flash, ...]
    cautions: tuple[Caution, ...]
    request_id: str  # by which what the page shows is on record
    screen: str  # the route's name; "" where nothing may be printed: nobody is signed in


def chrome_of(request: HttpRequest | None) -> Chrome:
    """The frame of a page; also for the pages of errors, where there may be no request, actor or menu. No query but for the cautions of those it shows."""
    actor: Actor | None = getattr(request, "actor", None)
    use: Any = getattr(request, "use", None)  # Any: staff's CurrentUse, which this package must not know
    name = settings.DAICHO.name
    return Chrome(
        municipality_name=settings.INSTALLATION.municipality_name,
        system_label=SYSTEM_LABELS.get(name, name),
        environment_label={"demo": "試験環境", "test": "試験環境"}.get(settings.INSTALLATION.environment, ""),
        system_name=name,
        actor=actor,
        terminal_name=use.sign_in.terminal_name if use else "",
        pauses_after_seconds=use.pauses_after_seconds if use else 0,
        return_to=request.get_full_path() if request is not None and request.method == "GET" else "/",
        office_code=actor.office_code if actor else "",
        today=clock.today(),
        menu=_menu(request, actor),
        visit=getattr(request, "visit_banner", None),
        names_css_url=style_sheet_url(),
        has_address_steps=address_steps.is_offered(),
        messages=take(request),
        cautions=tuple(one for of_page in _cautions for one in of_page(request)) if actor is not None and request is not None else (),
        request_id=current().request_id,
        screen=current().screen if actor is not None else "",
    )


def _menu(request: HttpRequest | None, actor: Actor | None) -> tuple[MenuItem | MenuGroup, ...]:
    """A heading stands where the first of its entries would; over a single entry it is left out."""
    headings: dict[str, list[MenuItem]] = {}
    for entry in entries_for(actor):
        url = find_url(entry.url_name)
        if url:  # else the room is registered but not served by this listener
            item = MenuItem(entry.label, url, entry.access_key, request is not None and _is_current(request.path, url))
            headings.setdefault(entry.group or entry.label, []).append(item)
    return tuple(items[0] if len(items) == 1 else MenuGroup(label, tuple(items)) for label, items in headings.items())


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
