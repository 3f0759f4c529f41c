"""実態調査 — 調査, 催告, 公示, 職権消除, or it ends because the person lives there or files. 住民基本台帳法第34条; A-03."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.residents.commands import filings, registering
from daicho.residents.commands.surveys import StepForm, add_step, begin_removal, open_survey
from daicho.residents.commands.typed import unseal
from daicho.residents.errors import CannotDo
from daicho.residents.models import Survey
from daicho.residents.queries.surveys import get_survey, list_surveys
from daicho.residents.rules.survey import Step, refusal, state_of
from tests.cast import CLERK, EXAMINER, HANAKO, TARO
from tests.residents.counter import visit
from tests.residents.recording import family_of, newest
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)


def did(survey: Survey, kind: str, on: date, note: str = "本人不在。郵便受けに他人の表札") -> None:
    with clock.at(on):
        add_step(CLERK, survey.public_id, StepForm(kind, on, note))


def state(survey: Survey, on: date) -> str:
    with clock.at(on):
        return next(line.state for line in list_surveys(CLERK) if line.survey.pk == survey.pk)


def announced(people: list[UUID]) -> Survey:
    """調査, 催告 and 公示, each a fortnight after the other (the first values of the settings)."""
    survey = open_survey(CLERK, people, "郵便物の返戻")
    did(survey, "visit", TODAY)
    did(survey, "demand", TODAY)
    did(survey, "public_notice", TODAY + timedelta(15))
    return survey


def test_調査から催告と公示を経て期限の後に職権で消除する():
    """A-03; 法34条, 令12条: each period is the city's; the removal is a filing that another officer examines."""
    people = family_of(TARO, HANAKO)
    survey = announced(people)
    days = (0, 14, 15, 29, 30)
    assert [state(survey, TODAY + timedelta(day)) for day in days] == ["公示中", "公示中", "公示中", "公示中", "消除できる"]
    with clock.at(TODAY + timedelta(30)):
        row = begin_removal(CLERK, visit(), survey.public_id)
        form = unseal(row.typed)
        assert (form.filing["ground"], [m.person for m in form.members]) == ("absent", [str(p) for p in people])
        assert "現地調査" in form.filing["reason"] and "公示" in form.filing["reason"]
        judged = filings.enter(CLERK, row.public_id, form, {})
        filings.enter(CLERK, row.public_id, form, {p.key: "確認した" for p in judged.problems})
        filings.examine(EXAMINER, row.public_id)
        assert state(survey, clock.today()) == "消除の入力中"
        registering.register(EXAMINER, row.public_id)
        assert {newest(p).removal_reason_code for p in people} == {"absent"}
        assert state(survey, clock.today()) == "職権消除済み"


@pytest.mark.parametrize("kind", ["lives_there", "filed"])
def test_居住が確かめられるか届出があれば終わり記録はそのまま残る(kind: str):
    """Nothing of the register changes; a case that ended takes no further step."""
    people = family_of(TARO)
    survey = open_survey(CLERK, people, "家主からの申立て")
    did(survey, "visit", TODAY)
    did(survey, kind, TODAY, "本人に会い、住んでいることを確かめた")
    assert (state(survey, TODAY), newest(people[0]).closed_on) == ("終了", None)
    with pytest.raises(CannotDo, match="終わっています"):
        did(survey, "visit", TODAY)
    open_survey(CLERK, people, "再び返戻")  # another case may begin


@pytest.mark.parametrize(
    ("steps", "kind", "on", "said"),
    [
        ([], "demand", TODAY, "催告の前に"),
        ([Step("visit", TODAY)], "public_notice", TODAY, "公示は"),
        ([Step("visit", TODAY), Step("demand", TODAY, TODAY + timedelta(14))], "public_notice", TODAY + timedelta(14), "公示は"),
        ([Step("visit", TODAY)], "inquiry", TODAY - timedelta(1), "前の処理の日より前"),
        ([], "visit", TODAY + timedelta(40), "本日より後"),
        ([Step("inquiry", TODAY)], "demand", TODAY, ""),
    ],
)
def test_処理の順番と日付を確かめる(steps, kind, on, said):
    """法34条: nobody is demanded before anybody looked, nothing is announced before the demand's day has passed."""
    why = refusal(steps, kind, on, TODAY + timedelta(30))
    assert said in why and bool(why) == bool(said)


def test_期限の日はまだ待ち翌日から先へ進める():
    steps = [Step("visit", TODAY), Step("demand", TODAY, TODAY), Step("public_notice", TODAY, TODAY + timedelta(3))]
    assert [state_of(steps, TODAY + timedelta(day)) for day in (0, 3, 4)] == ["公示中", "公示中", "消除できる"]
    assert state_of(steps[:2], TODAY) == "催告中" and state_of(steps[:1], TODAY) == "調査中" and state_of([], TODAY) == "調査中"


def test_公示の期限の前に消除は始められず調査中の人に二つ目の調査もできない():
    people = family_of(TARO)
    survey = announced(people)
    with clock.at(TODAY + timedelta(20)), pytest.raises(CannotDo, match="公示の期限"):
        begin_removal(CLERK, visit(), survey.public_id)
    with pytest.raises(CannotDo, match="調査中の人"):
        open_survey(CLERK, people, "また")
    with pytest.raises(CannotDo, match="理由"):
        open_survey(CLERK, people, " ")


def test_調査を見ると対象者の閲覧が記録される():
    """design §6."""
    [taro] = family_of(TARO)
    survey = open_survey(CLERK, [taro], "返戻")
    get_survey(CLERK, survey.public_id)
    assert AuditEntry.objects.filter(action="residents:survey:manage", subjects__contains=[taro]).count() == 2  # begun, and read


def test_住民票から調査を始め経過を記録し住民票に知らせが出る():
    """By the screens: what was typed is kept when it cannot be recorded."""
    [taro] = family_of(TARO)
    clerk = desk()
    assert "実態調査を始める" in visible(clerk.get(f"/person/{taro}/"))
    assert TARO.name in visible(clerk.get(f"/surveys/new/{taro}/"))
    refused = clerk.post(f"/surveys/new/{taro}/", {"person": str(taro), "ground": ""})
    assert refused.status_code == 422 and "調査を始める理由を入力" in visible(refused)
    begun = clerk.post(f"/surveys/new/{taro}/", {"person": str(taro), "ground": "郵便物の返戻"})
    survey = Survey.objects.get()
    assert begun.url == f"/surveys/{survey.public_id}/"
    early = clerk.post(f"/surveys/{survey.public_id}/step/", {"kind": "demand", "done_on": "令和8年4月10日", "note": "催告書を送付"})
    assert early.status_code == 422 and "催告の前に" in visible(early) and "催告書を送付" in early.content.decode()
    assert "暦にある年月日" in visible(clerk.post(f"/surveys/{survey.public_id}/step/", {"kind": "visit", "done_on": "いつか", "note": "不在"}))
    assert clerk.post(f"/surveys/{survey.public_id}/step/", {"kind": "visit", "done_on": "令和8年4月10日", "note": "不在"}).status_code == 302
    page = visible(clerk.get(f"/surveys/{survey.public_id}/"))
    assert "現地調査" in page and "調査中" in page and TARO.name in page
    assert f"調査番号{survey.pk}" in visible(clerk.get(f"/person/{taro}/"))
    listed = visible(clerk.get("/surveys/"))
    assert "調査中" in listed and TARO.name not in listed
