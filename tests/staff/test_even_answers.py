"""答えの足並み — who may not know waits for the next even moment, whatever the answer took; who may know, and nobody at all, do not wait."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from daicho.staff import even_answers
from daicho.staff.even_answers import EVERY, EvenAnswers


class Time:
    """A clock that only work and sleep move."""

    def __init__(self) -> None:
        self.now, self.slept = 100.0, []

    def perf_counter(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time(monkeypatch) -> Time:
    clock = Time()
    monkeypatch.setattr(even_answers, "time", clock)
    monkeypatch.setattr(even_answers, "_rules", [lambda actor: actor.knows])
    return clock


def taken(time: Time, work: float, actor: object) -> float:
    """Seconds that an answer takes from outside, whose work takes `work`."""

    def answer(request):
        request.actor = actor
        time.now += work
        return HttpResponse("です")

    began = time.now
    assert EvenAnswers(answer)(RequestFactory().get("/")).content == "です".encode()
    return time.now - began


@pytest.mark.parametrize("work", [0.0, 0.0001, 0.0121, 0.01211, 0.049])
def test_知り得ない職員への答えは仕事の長さによらず同じ時に出る(time, work):
    assert taken(time, work, SimpleNamespace(knows=False)) == pytest.approx(EVERY)


def test_一歩より長い仕事は次の歩みまで待つ(time):
    assert taken(time, EVERY * 2.3, SimpleNamespace(knows=False)) == pytest.approx(EVERY * 3)


@pytest.mark.parametrize("actor", [SimpleNamespace(knows=True), None])
def test_知り得る職員と利用者のいない要求は待たない(time, actor):
    assert taken(time, 0.0121, actor) == pytest.approx(0.0121)
    assert time.slept == []
