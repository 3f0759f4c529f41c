"""年月日の記録 — through a filing to 本登録, the screens and the certificate: kept and shown as written, or refused. std 1.1.8."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daicho.residents.commands import filings
from daicho.residents.commands.reentering import enter_again
from daicho.residents.commands.typed import unseal
from daicho.residents.models import SheetCurrent
from daicho.residents.rules.returning import texts_of_returning
from tests.cast import CLERK, NGUYEN, SATO, TARO, Role
from tests.residents import counter
from tests.residents.cancelling import cancel, event_of
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family
from tests.residents.test_birth import CHILD
from tests.residents.test_filing_requirements import FORMS

pytestmark = pytest.mark.django_db
NO_SUCH_DAY = "平成13年2月29日"
AS_WRITTEN = ("平成25年2月29日", "平成24年2月30日", "明治45年7月30日", "大正15年12月25日", "昭和30年 月日不詳", *FORMS)


def people(*births: str) -> tuple[Role, ...]:
    """A household of people born then."""
    return tuple(
        replace(SATO, index=200 + n, name=f"佐藤　{'あいうえおかきくけこさしすせそたちつてと'[n]}", kana="", birth=birth, relationship="同居人" if n else "世帯主",
                texts={**SATO.texts, "kana_notarised": ""})
        for n, birth in enumerate(births)
    )  # fmt: skip


def test_生年月日は暦にない日も不詳の各形式も書いたとおりに記録し示す():
    """N-1.1.8-02, -03, -16 to -31: 本登録 of each; the card, the certificate and the form when it is filled again say it word for word."""
    assert len(AS_WRITTEN) <= 20
    registered = family(*people(*AS_WRITTEN))
    clerk = desk()
    card = visible(clerk.get(f"/person/{registered[0]}/"))
    for person, written in zip(registered, AS_WRITTEN, strict=True):
        entries = SheetCurrent.objects.get(person__public_id=person).to_entries()
        assert str(entries.birth_date) == written and f" {written}" in card, written
        assert texts_of_returning(entries, "domestic_move_in")["birth_date"] == written
    for written in ("平成25年2月29日", "明治45年7月30日", "大正15年12月25日", "年月日不詳", "令和2年5月頃"):
        page = visible(clerk.get(f"/person/{registered[AS_WRITTEN.index(written)]}/certificate/"))
        assert written in page, written


def test_死亡の年月日も暦にない日も不詳の各形式も書いたとおりに記録し示す():
    """N-1.1.8-10, N-1.1.8-16…-29: 死亡 of each; its 除票 says it word for word, and cancelled and entered again the form does too."""
    written = (NO_SUCH_DAY, *FORMS)
    form = counter.move_in_form(people(*["昭和30年1月1日"] * (len(written) + 1)), effective_on="平成10年4月1日", filed_on="平成10年4月1日")
    _, *family = [one.person.public_id for one in counter.register("domestic_move_in", form)]
    clerk = desk()
    for person, day in zip(family, written, strict=True):
        counter.register("death", counter.death_form(person, day))
        assert str(SheetCurrent.objects.get(person__public_id=person).removal_date) == day
        assert f" {day}" in visible(clerk.get(f"/person/{person}/")), day
        event = event_of("death")
        cancel(event)
        again = enter_again(CLERK, counter.visit(), event.pk)
        assert unseal(again.typed).filing["effective_on"] == day


def test_暦にない日は出生と死亡に限って異動日にできる():
    """N-1.1.8-10: of 転居 the same day is an error."""
    form = counter.move_in_form(people("昭和30年1月1日"), effective_on="平成10年4月1日")
    sato = counter.register("domestic_move_in", form)[0].person.public_id
    counter.stock(1)
    number = SheetCurrent.objects.get(person__public_id=sato).household_no
    forms = {
        "birth": counter.birth_form(number, [CHILD], effective_on=NO_SUCH_DAY),
        "death": counter.death_form(sato, NO_SUCH_DAY),
        "relocation": counter.relocation_form([sato], effective_on=NO_SUCH_DAY),
    }
    blocked = {code for code, form in forms.items() for _, field, blocks in counter.problems(code, form) if field == "effective_on" and blocks}
    assert blocked == {"relocation"}


@pytest.mark.parametrize("written", ["年月日不詳", "令和2年5月頃", "平成25年2月29日"])
def test_外国人住民となった年月日も書いたとおりに記録し証明する(written):
    """N-1.1.8-08, N-1.1.8-09."""
    [person] = family(replace(NGUYEN, texts={**NGUYEN.texts, "became_resident_date": written}))
    clerk = desk()
    assert str(SheetCurrent.objects.get().foreign_resident_since_date) == written
    assert written in visible(clerk.get(f"/person/{person}/"))
    assert written in visible(clerk.get(f"/person/{person}/certificate/"))


@pytest.mark.parametrize("written", ["年月日不詳", "令和2年5月頃", "平成25年2月29日"])
def test_住民となった年月日と住所を定めた年月日も書いたとおりに示す(written):
    """N-1.1.8-04, -05, -06, -07."""
    [person] = family(replace(TARO, texts={"became_resident_date": written}))
    card = visible(desk().get(f"/person/{person}/"))
    assert card.count(f" {written} ") >= 2


@pytest.mark.parametrize("typed", ["令和3年2月29日", "令和3年4月31日", "2021-02-29", "令和3年4月 日不詳", "年月日不詳"])
@pytest.mark.parametrize("field", ["filed_on", "effective_on"])
def test_届出日と転入の異動日は暦にある日だけ(typed, field):
    """N-1.1.8-01: neither is saved; nothing is 仮登録."""
    row = filings.start(counter.CLERK, counter.visit(), "domestic_move_in", counter.move_in_form([TARO]))
    form = counter.move_in_form([TARO], **{field: typed})
    judged = filings.enter(
        counter.CLERK, row.public_id, form, {p.key: "確認した" for p in filings.judge(filings.definition_of(row.code), form, row.visit).problems}
    )
    assert field in {problem.field for problem in judged.problems if problem.blocks}
    row.refresh_from_db()
    assert row.state == "draft"


def test_届出日は和暦でも西暦でも同じ日になる():
    """N-1.1.8-32: whatever it was typed in, it is one day; 生年月日 is in the calendar of 住民種別."""
    for index, typed in enumerate(("令和8年4月3日", "R8.4.3", "2026-04-03", "2026年4月3日")):
        counter.register("domestic_move_in", counter.move_in_form([replace(TARO, index=300 + index, birth="1980-03-09")], filed_on=typed))
        counter.register("domestic_move_in", counter.move_in_form([replace(NGUYEN, index=400 + index, birth="昭和60年3月9日",
                         texts={**NGUYEN.texts, "residence_card_no": f"AB{index:08}CD"})], filed_on=typed))  # fmt: skip
    rows = SheetCurrent.objects.all()
    assert {row.became_resident_notified_date or row.foreign_resident_notified_date for row in rows} == {counter.date(2026, 4, 3)}
    assert {row.birth_date.encode() for row in rows} == {"S55-03-09", "1985-03-09"}
