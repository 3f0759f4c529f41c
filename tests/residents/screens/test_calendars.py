"""画面の暦 — 和暦 everywhere but 外国人の生年月日 and 在留期間の満了の日, whatever was typed. std 1.1.9."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.cast import FAMILY, HANAKO, NGUYEN, TARO, Role
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import begin_move_in, enter, move_in_data
from tests.residents.screens.reading_steps import desk, family

pytestmark = pytest.mark.django_db

WESTERN = re.compile(r"(?:1[89]|20)\d\d(?:年|[-/.]\d\d?[-/.]\d)")
ERA = re.compile(r"(?:明治|大正|昭和|平成|令和)(?:元|\d+)年")
TYPED_WESTERN = {"effective_on": "2026-04-01", "filed_on": "2026年4月3日"}
"""A clerk who types 西暦 (N-1.1.8-32)."""


def shown(answer: object) -> str:
    """What a page shows, without the hints how a date may be typed."""
    html = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 200, html  # type: ignore[attr-defined]
    plain = re.compile(r'<p class="field__hint".*?</p>', re.S).sub("", html)
    return visible(type("Page", (), {"content": plain.encode()})())


def pages_of(people: tuple[Role, ...], found_by: str, **texts: str) -> Iterator[tuple[str, str]]:
    """Every screen of the room that shows these people: entered, examined, registered, read, moved, joined."""
    clerk = desk()
    filing = enter(clerk, begin_move_in(clerk, len(people)), move_in_data(people, **TYPED_WESTERN, **texts)).public_id
    yield "examination", shown(clerk.get(f"/filings/{filing}/examination/"))
    yield "waiting", shown(clerk.get("/waiting/"))
    registered = family(*(replace(one, index=one.index + 50, texts={**one.texts, **other_card(one)}) for one in people))
    person = registered[0]
    counter.register("relocation", counter.relocation_form(registered, effective_on="2026-04-09", filed_on="2026-04-10"))
    for name, url in {
        "home": "/", "filings": "/visit-filings/", "card": f"/person/{person}/", "history": f"/person/{person}/history/", "trail": f"/person/{person}/trail/",
        "compare": f"/person/{person}/history/compare/?a=1&b=2", "certificate": f"/person/{person}/certificate/", "search": "/search/",
        "relocation": f"/filings/new/relocation/{person}/", "join": f"/filings/new/domestic_move_in/{person}/",
    }.items():  # fmt: skip
        yield name, shown(clerk.get(url))
    yield "as_of", shown(clerk.post(f"/person/{person}/as-of/", {"day": "2026-04-09"}))
    yield "found", shown(clerk.post("/search/found/", {"name": found_by, "birth": "1980年" if people[0] is TARO else "1985年", "sex": "any"}))
    began = clerk.post(f"/filings/new/relocation/{person}/", {"person": [str(person)]})
    yield "draft", shown(clerk.get(began.url))


def other_card(one: Role) -> dict[str, str]:
    return {"residence_card_no": "CD87654321AB"} if "residence_card_no" in one.texts else {}


def test_日本人の画面に西暦は現れない():
    """N-1.1.9-02, N-1.1.9-06, N-1.1.8-32: the same family typed in 西暦 too."""
    typed = tuple(replace(one, birth=western) for one, western in zip(FAMILY, ("1980-03-09", "1982年7月1日", "2010.4.2", "2013年2月29日"), strict=True))
    for name, text in pages_of((TARO, *typed[1:]), "ハナゾノ"):
        assert not WESTERN.search(text), (name, WESTERN.findall(text), text)
        assert name in ("home", "filings", "search", "waiting", "trail", "history", "as_of", "compare") or "昭和55年3月9日" in text, (name, text)


@pytest.mark.parametrize("birth", ["1985年3月9日", "昭和60年3月9日", "S60.3.9"])
def test_外国人の生年月日と満了の日だけが西暦(birth):
    """N-1.1.9-02, -03, -04, -06, -07: however the two were typed; every other day is in 和暦."""
    person = replace(NGUYEN, birth=birth, texts={**NGUYEN.texts, "residence_expiry_date": "令和10年4月30日"})
    seen = set()
    for name, text in pages_of((person,), "NGUYEN"):
        rest = text.replace("1985年3月9日", "").replace("2028年4月30日", "")
        assert not WESTERN.search(rest), (name, WESTERN.findall(rest), text)
        assert "昭和60年" not in text.replace("昭和60年1月1日から", "").replace("昭和60年 ", "") or name == "found", (name, text)
        assert "令和10年" not in text, (name, text)
        seen |= {(name, what) for what, said in (("birth", "1985年3月9日"), ("expiry", "2028年4月30日")) if said in text}
    assert {"examination", "card", "found", "relocation", "join", "draft", "certificate"} <= {name for name, what in seen if what == "birth"}
    assert {"examination", "card"} <= {name for name, what in seen if what == "expiry"}


def test_入力の途中も住民種別に従う暦で読み返す():
    """N-1.1.9-03, -06, -07: the line beside 生年月日 follows 住民種別."""
    clerk = desk()
    for person, birth, read in ((HANAKO, "1982-07-01", "昭和57年7月1日"), (NGUYEN, "S60.3.9", "1985年3月9日")):
        filing = begin_move_in(clerk)
        data = move_in_data((replace(person, birth=birth),))
        answer = clerk.post(f"/filings/{filing}/people/", {**data, "do": "add"})
        page = clerk.get(answer.url).content.decode()
        assert f'id="id-m0-birth_date-echo" data-echo-of="id-m0-birth_date" aria-live="polite">{read}' in page
        assert 'data-western-when="m0-resident_kind=2"' in page


def test_元号の決まらない西暦は日本人の生年月日にできない():
    """N-1.1.8-32: 1989年 is 昭和64年 and 平成元年; which it was, nobody but the paper can say."""
    clerk = desk()
    filing = begin_move_in(clerk)
    answer = clerk.post(f"/filings/{filing}/enter/", move_in_data((replace(TARO, birth="1989年 月日不詳"),)))
    assert answer.status_code == 422 and "元号が一つに決まりません" in visible(answer)
