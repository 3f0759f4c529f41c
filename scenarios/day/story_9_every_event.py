"""すべての異動 — each kind of 異動 that the counter knows, once, with people invented for it. 住民基本台帳法第7条–第9条, 第22条–第30条の48; 標準4.1–4.5."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.day.case import Case, case, names, residents, words_of
from scenarios.day.officer import NotAsExpected, Officer
from scenarios.day.papers import Paper
from scenarios.day.world import Told, World, codes_of

TITLE = "9 すべての異動"
STORY = "9_every_event"


def play(world: World) -> None:
    for index, name in enumerate(names()):
        try:
            _play(world, name, index)
        except (NotAsExpected, LookupError) as failed:
            world.report.check(f"{name}：最後まで進む", "進む", f"{type(failed).__name__} {failed}", False)


def _play(world: World, name: str, index: int) -> None:
    words = words_of(index)
    kind = case(name, {**words, "もう一つの世帯番号": ""}).residents
    came = residents(kind, words)
    world.clerk.receive(words["氏名"], f"異動の届出（{name}）")
    for paper in came:
        world.clerk.begin(paper)
        world.enter_and_register(world.clerk, paper, codes_of(paper), f"{name}：住んでいる人")
    if len(came) > 1:
        _open(world.clerk, words, kind, neighbour=True)
        words["もう一つの世帯番号"] = _household_no(world.clerk)
    for before in (*case(name, {"もう一つの世帯番号": "", **words}).first, name):
        _event(world, case(before, {"もう一つの世帯番号": "", **words}), kind, words, came)


def _event(world: World, one: Case, kind: str, words: dict[str, str], came: list[Paper]) -> None:
    clerk, paper = world.clerk, one.paper
    if kind == "なし":
        clerk.begin(paper)
    else:
        _open(clerk, words, kind, state=words.get("いまの状態", "現存"))
        address = clerk.page.fact("住所")
        clerk.begin(paper)
    clerk.enter(paper)
    world.examine(world.confirmed(clerk, paper.event), paper.event)
    world.put_out_letters(world.examiner)
    if one.is_of_child:
        clerk.open(words["子の氏名"], words["子の振り仮名"], words["今日"])
    else:
        words |= _as_said(paper) | {"いまの状態": one.state}
        _open(clerk, words, kind, state=one.state)
    page = clerk.page
    for label, text in one.after.items():
        world.report.check(f"{paper.event}：{label}", text, page.fact(label))
    _tell(world, one, came, address if kind != "なし" else "")


def _as_said(paper: Paper) -> dict[str, str]:
    """Under what the person is found from now on, where the paper says it."""
    said = paper.people[0] if paper.people else {}
    labels = {"氏名": "いまの氏名", "アルファベット氏名": "いまの氏名", "振り仮名": "いまの振り仮名", "生年月日": "いまの生年月日"}
    return {word: said[label] for label, word in labels.items() if label in said}


def _open(clerk: Officer, words: Mapping[str, str], kind: str, *, neighbour: bool = False, state: str = "現存") -> None:
    """The card of the person of the case, under the name and birth date that they bear by now."""
    name, kana = (
        (words["三人目"], words["三人目の振り仮名"])
        if neighbour
        else (words.get("いまの氏名", _name(words, kind)), words.get("いまの振り仮名", words["振り仮名"]))
    )
    born = words.get("いまの生年月日", "1990-04-05" if kind.startswith("外国人") else words["生年月日"])
    clerk.open(name, kana, born, state)


def _name(words: Mapping[str, str], kind: str) -> str:
    return words["ローマ字"] if kind.startswith("外国人") else words["氏名"]


def _household_no(clerk: Officer) -> str:
    """世帯番号 of the card that is open."""
    return clerk.page.fact("世帯番号")


def _tell(world: World, one: Case, came: list[Paper], address: str) -> None:
    """What the prefecture must have heard: of each person of the case, in the order of its 県へ."""
    if not one.told:
        return
    codes = [code for paper in came for code in codes_of(paper)] or [person.get("住民票コード", "") for person in one.paper.people]
    of_paper = [""] * len(one.told) if one.is_of_child or one.changes_code else codes[: len(one.told)]
    where = world.clerk.page.fact("住所") or address
    shown = "" if all(of_paper) else world.clerk.reveal("住民票コード")
    for code, reason in zip(of_paper, one.told, strict=True):
        world.told.append(Told(code or shown, reason, where, one.paper.addressee))
