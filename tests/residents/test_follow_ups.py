"""関連手続案内 — what those whom an event touched have to see to, shown with 本登録. spec/domain.md §4.0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from uuid import UUID

import pytest

from daicho import city, clock
from daicho.residents.commands.typed import TypedForm
from daicho.residents.models import CivilEvent, Filing
from daicho.residents.queries.results import result
from daicho.residents.rules import follow_ups as rule
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.follow_ups import Occasion, Procedure, Touched, follow_ups
from tests.cast import EXAMINER, HANAKO, ICHIRO, JIRO, SATO, TARO, TRAN
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import city_decides, death_form, household_form, move_in_form, move_out_form, register, relocation_form
from tests.residents.recording import recorded_form

pytestmark = pytest.mark.django_db
AT_WORK = replace(EXAMINER, visit_no="1")
SUMMER = date(2026, 7, 1)
EVERYBODY = {occasion.value: [["全員", occasion.name.lower(), "課"]] for occasion in Occasion}
"""One procedure for each occasion, by its name."""


def told(lists: Mapping[str, Sequence[Sequence[str]]]) -> tuple[Procedure, ...]:
    """What came of the newest event."""
    done = result(AT_WORK, Filing.objects.get(event_id_no=CivilEvent.objects.latest("id").pk))
    return follow_ups(done.event.code, [Touched(p.atena_no, p.entries, p.asserted, p.opened) for p in done.people], lists, clock.today())


def after(code: str, form: TypedForm) -> dict[str, tuple[str, ...]]:
    """Occasion → whom it concerns."""
    register(code, form)
    return {one.what: one.names for one in told(EVERYBODY)}


def of_the_city() -> tuple[Procedure, ...]:
    return told(city.settings_on(Occasion, clock.today()))


@pytest.fixture
def family() -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form())]


def test_市が決めたとおりに案内する(family):
    city_decides("procedures_moved", [["15歳以下", "転校の相談", "学校の窓口"]])
    with clock.at(SUMMER):
        register("relocation", relocation_form(family))
        assert [(one.what, one.names) for one in of_the_city() if one.desk == "学校の窓口"] == [("転校の相談", (JIRO.name,))]


def test_何があったかは書かれたことから決まる(family):
    with clock.at(SUMMER):
        everybody = (TARO.name, HANAKO.name, ICHIRO.name, JIRO.name)
        assert after("relocation", relocation_form(family)) == {"moved": everybody}
        split = after("household_split", household_form([family[2]], ["世帯主"], effective_on="令和8年5月10日", filed_on="令和8年5月10日"))
        assert split == {"household": (ICHIRO.name,)}
        assert after("given_name_change", recorded_form("given_name_change", {family[3]: {"name_kanji": "花園　三郎", "name_kana": "ハナゾノ　サブロウ"}})) == {
            "renamed": ("花園　三郎",)
        }
        assert after("death", death_form(family[3], on="令和8年5月20日")) == {"died": ("花園　三郎",)}
        assert after("move_out", move_out_form(family[:2], on="令和8年7月1日"))["leaving"] == (TARO.name, HANAKO.name)


def test_取消しや改製は何も求めない(family):
    with clock.at(SUMMER):
        register("relocation", relocation_form(family))
        cancel(event_of("relocation"), family)
        assert told(EVERYBODY) == ()
        assert after("sheet_renewal", recorded_form("sheet_renewal", {family[0]: {}})) == {}


def test_外国人住民には在留カードの手続がある():
    register("domestic_move_in", move_in_form([TRAN]))
    assert [one.names for one in of_the_city() if "在留カード" in one.what] == [(TRAN.texts["foreign_name_alphabet"],)]


def test_生年月日が不詳の人は年齢による手続の対象にしない():
    entries = SheetEntries(**{**{f.name: None for f in fields(SheetEntries)}, "name_kanji": SATO.name})
    lists = EVERYBODY | {"procedures_entered": [["65歳以上", "介護", "課"], ["全員", "国保", "課"]]}
    told = follow_ups("domestic_move_in", [Touched("1", entries, frozenset(), opened=True)], lists, date(2026, 4, 1))
    assert [one.what for one in told] == ["国保"]


def test_見る欄は住民票の欄である():
    """A renamed entry would silently be no occasion any more."""
    assert {f.name for f in fields(SheetEntries)} >= (rule._NAMES | rule._HOUSEHOLD)
