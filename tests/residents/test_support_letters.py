"""支援措置の通知書 — decisions and endings go to the applicant alone, name no opponent, and never go where the other party lives. 標準20.5.1; decision 0050; domain §7."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.city.models import Certifier
from daicho.residents.commands.support import Ground, StepForm, StepKind, add_step, end, forward
from daicho.residents.commands.surveys import StepForm as SurveyStep
from daicho.residents.commands.surveys import add_step as add_survey_step
from daicho.residents.commands.surveys import open_survey
from daicho.residents.models import CertificateIssue, SupportStep
from daicho.residents.rules.support_details import Applicant, Details, Opponent
from tests.cast import CLERK, HANAKO, TARO
from tests.residents.case_letters import back_at_the_desk, bare, put_out, told
from tests.residents.recording import family_of
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk
from tests.residents.test_support import apply, decide

pytestmark = [pytest.mark.django_db, pytest.mark.font]
TODAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


def test_決定から終了までの通知が申出者にだけ出て相手方の名も住所も載らない(tmp_path):
    """N-3.4-09, N-3.4-18; domain §7: each step has its letter; the newest counts."""
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    case = apply(hanako, details=Details(Applicant(name="花園　花子"), opponents=(Opponent(name="試験　相手", address="北海道小樽市色内9丁目9番"),)))
    clerk, url = desk(), f"/support/{case.public_id}/letter/{hanako}/"
    none = clerk.post(url, {"once": str(uuid4())}, follow=True)
    assert "対応する通知書はありません" in visible(none)
    papers = []
    decide(case, hanako, TODAY, date(2027, 4, 9))
    papers.append(put_out(clerk, url, tmp_path))
    assert "支援措置の決定通知書" in papers[-1] and "令和8年4月10日" in papers[-1] and "令和9年4月9日" in papers[-1]
    add_step(CLERK, case.public_id, hanako, StepForm(StepKind.REVISED, TODAY, "", (TODAY, date(2027, 3, 31))))
    papers.append(put_out(clerk, url, tmp_path))
    assert "支援措置の変更通知書" in papers[-1] and "令和9年3月31日" in papers[-1]
    with clock.at(date(2027, 3, 2)):
        add_step(CLERK, case.public_id, hanako, StepForm(StepKind.EXTENDED, date(2027, 3, 2)))
        clerk = back_at_the_desk()
        papers.append(put_out(clerk, url, tmp_path))
        assert "支援措置の延長通知書" in papers[-1] and "令和9年4月1日" in papers[-1] and "令和10年3月31日" in papers[-1]
        forward(CLERK, case.public_id, "札幌市中央区", date(2027, 3, 2))
        row = case.forwards.get()
        sent = put_out(clerk, f"/support/{case.public_id}/forward-letter/", tmp_path, forward=row.pk)
        assert "北海道札幌市中央区長様" in sent and sent.count("花園2丁目") == 1  # the city hall's own
        end(CLERK, case.public_id, hanako, Ground.PETITION, "本人の申出書による", date(2027, 3, 2))
        papers.append(put_out(clerk, url, tmp_path))
        assert "支援措置の終了通知書" in papers[-1] and "終了の申出があった" in papers[-1]
        page = visible(clerk.get(f"/support/{case.public_id}/"))
        assert all(ja in page for ja in ("決定通知書", "変更通知書", "延長通知書", "終了通知書", "転送書"))
    for paper in (*papers, sent):
        assert f"{bare(HANAKO.name)}" in paper and "相手" not in paper.replace("相手方に", "") and "色内9丁目" not in paper


def test_決定のないまま必要がないと認めて終わると却下の通知になる(tmp_path):
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    case = apply(hanako)
    end(CLERK, case.public_id, hanako, Ground.MAYOR, "警察の意見による", TODAY)
    paper = put_out(desk(), f"/support/{case.public_id}/letter/{hanako}/", tmp_path)
    assert "支援措置の却下通知書" in paper and "必要があると認められない" in paper


def test_期間終了通知は終わりが近い対象者ごとに出て経過に送付が残り二度は出ない(tmp_path):
    """N-3.4-09: 延長に先立ち; 終了日令和9年4月9日の1か月前から."""
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    case = apply(hanako)
    decide(case, hanako, TODAY, date(2027, 4, 9))
    with clock.at(date(2027, 3, 9)):
        clerk = desk()
        assert "期間終了通知書をまとめて出力する" not in visible(clerk.get("/support/"))
    with clock.at(date(2027, 3, 10)):
        clerk = back_at_the_desk()
        assert "期間終了通知書をまとめて出力する" in visible(clerk.get("/support/"))
        paper = put_out(clerk, "/support/ends/", tmp_path)
        assert "支援措置期間終了通知書" in paper and "令和9年4月9日" in paper and "令和9年3月10日から" in paper
        assert SupportStep.objects.filter(subject__case=case, kind=StepKind.NOTIFIED).count() == 1
        assert told("support_ending") == [("support", [hanako])]
        assert "期間終了通知書をまとめて出力する" not in visible(clerk.get("/support/"))


def test_相手方が同じ所に住むと支援対象者あての通知書は出ず確かめた内容を書けば一通ずつ出る(tmp_path):
    """domain §7: who fled may still be registered where the other party lives; a pile leaves them out, and they stay due."""
    taro, hanako = family_of(TARO, HANAKO)
    case, clerk = apply(hanako, opponents=(taro,)), desk()
    decide(case, hanako, TODAY, date(2026, 5, 1))
    url = f"/support/{case.public_id}/letter/{hanako}/"
    assert "この宛先には出力できません" in visible(clerk.post(url, {"once": str(uuid4())}, follow=True))
    assert "この宛先には出力できません" in visible(clerk.post("/support/ends/", {"once": str(uuid4())}, follow=True))
    assert not CertificateIssue.objects.exists() and not SupportStep.objects.filter(kind=StepKind.NOTIFIED).exists()
    paper = put_out(clerk, url, tmp_path, confirmed="本人が窓口で受け取る")
    assert "決定通知書" in paper and bare(TARO.name) not in paper
    [entry] = AuditEntry.objects.filter(action="residents:support:manage", detail__kind="support_decided")
    assert entry.detail["confirmed_alert"] == "本人が窓口で受け取る"
    survey = open_survey(CLERK, [taro, hanako], "郵便物の返戻")
    for kind in ("visit", "demand"):
        add_survey_step(CLERK, survey.public_id, SurveyStep(kind, TODAY, "不在"))
    refused_demand = clerk.post(f"/surveys/{survey.public_id}/demand/", {"once": str(uuid4())}, follow=True)
    assert "この宛先には出力できません" in visible(refused_demand) and told("survey_demand") == []
