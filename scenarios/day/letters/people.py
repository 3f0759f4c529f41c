"""通知書の相手 — people invented for the letters: who has moved in, whose card is open, and one event of them from the menu to 本登録. 住民基本台帳法第22条–第30条の48."""

from __future__ import annotations

from dataclasses import replace

from scenarios.day.case import case, residents, words_of
from scenarios.day.forms import Form, NoSuchField
from scenarios.day.officer import Officer
from scenarios.day.papers import Paper
from scenarios.day.world import Told, World, codes_of

FIRST = 220  # the place of the first person invented here, after those of stories 9 and 10
Words = dict[str, str]


def lives_here(world: World, place: int, kind: str = "日本人", filed: dict[str, str] | None = None, said: dict[str, str] | None = None) -> Words:
    """Somebody new with this place, who came to live here: the words by which they are known. `filed`, `said`: other texts of the 届 and of its first person."""
    words = words_of(FIRST + place)
    for paper in residents(kind, words):
        move_in(world, paper.but_filed(filed or {}).but(0, said or {}))
    return words


def move_in(world: World, paper: Paper) -> None:
    """The whole way of a 転入; every alert is answered."""
    clerk = world.clerk
    clerk.receive(paper.people[0].get("氏名", "見本　同伴"), "転入の届出")
    clerk.begin(paper)
    clerk.enter(paper)
    world.register(paper, world.confirmed(clerk, "住んでいる人"), codes_of(paper), "住んでいる人")


def fill(form: Form, texts: dict[str, str | list[str]]) -> Form:
    """By the words of a label as they stand before 「必須」. NoSuchField for a label that the form has not."""
    labels = {each.label.removesuffix("必須").strip(): each for each in form.fields}
    for label, wanted in texts.items():
        if label not in labels:
            raise NoSuchField(f"no field {label}: {list(labels)}")
        labels[label].set(wanted)
    return form


def open_card(officer: Officer, words: Words, state: str = "現存") -> None:
    officer.open(words["氏名"], words["振り仮名"], words["生年月日"], state)


def paper_of_event(name: str, words: Words, filed: dict[str, str] | None = None) -> Paper:
    """The paper of stories/9_every_event with this name, of this person."""
    return case(name, {"もう一つの世帯番号": "", **words}).paper.but_filed(filed or {})


def happens(world: World, words: Words, paper: Paper, reason: str) -> None:
    """One event of this person, registered; `reason`: what the prefecture hears, "" for nothing."""
    clerk = world.clerk
    clerk.receive(words["氏名"], f"{paper.event}の届出")
    open_card(clerk, words)
    address = clerk.page.fact("住所")
    clerk.begin(paper)
    clerk.enter(paper)
    world.examine(world.confirmed(clerk, paper.event), paper.event)
    if reason:
        world.told.append(Told(words["住民票コード"], reason, address, ""))


def household(world: World, place: int) -> Words:
    """世帯主, his wife and a third person: a household that is left without 世帯主 when he is gone."""
    words = words_of(FIRST + place)
    [paper] = residents("夫婦", words)
    third = paper.people[1] | {
        "氏名": words["三人目"], "振り仮名": words["三人目の振り仮名"], "続柄": "同居人", "住民票コード": words["三人目の住民票コード"],
        "個人番号": words["三人目の個人番号"], "筆頭者": words["三人目"],
    }  # fmt: skip
    move_in(world, replace(paper, people=(*paper.people, third)))
    return words
