"""改ざん防止用紙の決まり — numbers as they are typed, where a sheet is, what may become of it; against a model that keeps a slip of paper for every sheet. decision 0052."""

from __future__ import annotations

import random

import pytest

from daicho.residents.rules.issue_state import Happened, Standing, state_of
from daicho.residents.rules.paper_stock import (
    MOVES,
    Asked,
    Kind,
    Moved,
    Sheets,
    Unreadable,
    Where,
    count_problem,
    left_of,
    read_for_pages,
    read_sheets,
    refusals,
    said_enough,
    whereabouts,
)  # fmt: skip
from daicho.residents.rules.print_results import CopyPrinted, Print, dealt_out, judging_refusal, reprint_refusal

READ = [
    ("A000123", ["A000123"]),
    ("ａ０００１２３", ["A000123"]),
    ("A000123～A000125", ["A000123～A000125"]),
    ("A000123〜A000125", ["A000123～A000125"]),
    ("A000123からA000125まで", ["A000123～A000125"]),
    ("A000125 A000123\nA000124", ["A000123～A000125"]),
    ("A-000001、B000007", ["A-000001", "B000007"]),
    ("000009 000011", ["000009", "000011"]),
]


@pytest.mark.parametrize(("typed", "read"), READ)
def test_用紙番号は打ったとおりにも読み取ったとおりにも読める(typed, read):
    assert [str(sheets) for sheets in read_sheets(typed)] == read


UNREAD = [
    ("", "用紙番号を入力"), ("用紙", "読み取れません"), ("A12", "読み取れません"), ("A000125～A000123", "最初の番号より前"), ("A000123～B000125", "記号か桁数"),
    ("A000123 A000123", "同じ用紙番号が2回"), ("A000123～A000125 A000125", "同じ用紙番号が2回"), ("A000000～A999999", "100,000枚まで"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said"), UNREAD)
def test_読めない用紙番号は何をすればよいかを告げる(typed, said):
    with pytest.raises(Unreadable, match=said):
        read_sheets(typed)


def test_1枚目の番号を入れれば続きの番号とみなし枚数が合わなければ断る():
    assert [str(each) for each in read_for_pages("A000123", 3)] == ["A000123～A000125"]
    assert [str(each) for each in read_for_pages("A000123 A000130", 2)] == ["A000123", "A000130"]
    with pytest.raises(Unreadable, match="用紙は2枚です。入力された用紙番号は3枚分"):
        read_for_pages("A000123～A000125", 2)


def one(no: int) -> Sheets:
    return Sheets("A", 6, no, no)


# 入庫 1–100, of which 1–20 went to H01 (1–3 used, 4 spoiled) and 21–30 to H02; 31 is missing; 32–33 destroyed; 200– not yet seen by two
LEDGER = [
    Moved(1, Kind.RECEIVE, 1, 100, None),
    Moved(2, Kind.HAND_OUT, 1, 20, 1, "H01"),
    Moved(3, Kind.HAND_OUT, 21, 30, 1, "H02"),
    Moved(4, Kind.USE, 1, 3, 2, "H01", "20260410 小樽市 窓口1 001"),
    Moved(5, Kind.SPOIL, 4, 4, 2, "H01"),
    Moved(6, Kind.LOSE, 31, 31, 1),
    Moved(7, Kind.DISCARD, 32, 33, 1),
    Moved(8, Kind.RECEIVE, 200, 210, None, is_checked=False),
]
REFUSED = [
    (Asked(Kind.USE, "H01"), 150, "入庫の記録がありません"),
    (Asked(Kind.USE, "H01"), 40, "保管庫にあり、端末に払い出されていません"),
    (Asked(Kind.USE, "H01"), 25, "端末「窓口2」に払い出された用紙です。この端末では記録できません"),
    (Asked(Kind.USE, "H01"), 2, "発行番号「20260410 小樽市 窓口1 001」の交付に使用済みです"),
    (Asked(Kind.USE, "H01"), 4, "書損・紙詰まりとして記録されています"),
    (Asked(Kind.USE, "H01"), 31, "亡失として記録されています"),
    (Asked(Kind.USE, "H01"), 32, "未使用紙の廃棄を済ませた用紙です"),
    (Asked(Kind.HAND_OUT, "H01"), 5, "端末「窓口1」にあります"),
    (Asked(Kind.HAND_OUT, "H01"), 205, "まだ二人目の職員が確かめていません"),
    (Asked(Kind.RECEIVE), 5, "すでに入庫されています"),
    (Asked(Kind.SPOIL, "H01"), 2, "交付に使用済みです"),
    (Asked(Kind.GIVE_BACK, "H02"), 5, "この端末では記録できません"),
    (Asked(Kind.FIND), 5, "先に返却を記録"),
    (Asked(Kind.SHRED, "H01"), 5, "先に返却を記録"),
]


@pytest.mark.parametrize(("asked", "no", "said"), REFUSED, ids=[f"{asked.kind}-{no}" for asked, no, _ in REFUSED])
def test_端末の在庫にない用紙は番号と場所を告げて断る(asked, no, said):
    parts = whereabouts(LEDGER, no, no)
    [message] = refusals(asked, one(no), parts, {"H01": "窓口1", "H02": "窓口2"})
    assert f"用紙番号A{no:06}は" in message and said in message


ALLOWED = [
    (Asked(Kind.USE, "H01"), 5), (Asked(Kind.SPOIL, "H01"), 5), (Asked(Kind.GIVE_BACK, "H01"), 5), (Asked(Kind.HAND_OUT, "H02"), 40), (Asked(Kind.RECEIVE), 150),
    (Asked(Kind.FIND), 31), (Asked(Kind.SHRED, "H01"), 4), (Asked(Kind.DISCARD), 40), (Asked(Kind.LOSE), 5),
    (Asked(Kind.SPOIL, "H01", "20260410 小樽市 窓口1 001"), 2),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "no"), ALLOWED, ids=[f"{asked.kind}-{no}" for asked, no in ALLOWED])
def test_場所の合う用紙は記録できる(asked, no):
    """A sheet that was used can be spoiled by the copy that it was used for alone: the copy came back."""
    assert refusals(asked, one(no), whereabouts(LEDGER, no, no)) == []


def test_範囲の一部だけが合わないときはその番号だけを告げる():
    found = refusals(Asked(Kind.USE, "H01"), Sheets("A", 6, 3, 22), whereabouts(LEDGER, 3, 22))
    assert [message.split("は、")[0] for message in found] == ["用紙番号A000003", "用紙番号A000004", "用紙番号A000021～A000022"]


def test_理由と廃棄の証明がなければ記録できない():
    assert [name for name, _ in said_enough(Kind.DISCARD, " ", "")] == ["reason", "proof"]
    assert [kind for kind in Kind if said_enough(kind, "", "証明")] == [kind for kind in Kind if MOVES[kind].needs_reason]
    assert {kind for kind in Kind if MOVES[kind].by_two} == {Kind.RECEIVE, Kind.SHRED, Kind.DISCARD, Kind.LOSE}


def test_棚卸の差は説明がなければ記録できない():
    assert "3枚不足しています" in count_problem(100, 97, " ")
    assert "1枚超過しています" in count_problem(100, 101, "")
    assert count_problem(100, 97, "A000040から3枚が見当たらない") == count_problem(100, 100, "") == ""


class Slips:
    """The same stock kept otherwise: a slip for every sheet, on which the place is crossed out and written anew."""

    def __init__(self):
        self.place = {}

    def may(self, kind, terminal, numbers):
        here = {
            Kind.RECEIVE: {None}, Kind.HAND_OUT: {"store"}, Kind.GIVE_BACK: {terminal}, Kind.USE: {terminal}, Kind.SPOIL: {terminal}, Kind.SHRED: {"spoiled"},
            Kind.DISCARD: {"store"}, Kind.LOSE: {"store", "H01", "H02"}, Kind.FIND: {"lost"},
        }[kind]  # fmt: skip
        return all(self.place.get(no) in here for no in numbers)

    def do(self, kind, terminal, numbers):
        to = {Kind.HAND_OUT: terminal, Kind.USE: "used", Kind.SPOIL: "spoiled", Kind.SHRED: "gone", Kind.DISCARD: "gone", Kind.LOSE: "lost"}.get(kind, "store")
        self.place.update(dict.fromkeys(numbers, to))


@pytest.mark.parametrize("seed", range(12))
def test_番号ごとの札で数えたものと合い続ける(seed):
    """Each sheet is somewhere once; what the slips allow is allowed, what they forbid is refused; what is left is the same."""
    random_ = random.Random(seed)
    slips, moves, done = Slips(), [], 0
    for _ in range(400):
        kind, terminal, first = random_.choice(list(Kind)), random_.choice(["H01", "H02"]), random_.randint(1, 40)
        last = min(first + random_.randint(0, 2), 40)
        parts = whereabouts(moves, first, last)
        refused = refusals(Asked(kind, terminal), Sheets("A", 6, first, last), parts)
        assert (not refused) == slips.may(kind, terminal, range(first, last + 1)), (seed, kind, terminal, first, last)
        if not refused:
            sources = [(first, last, None)] if kind is Kind.RECEIVE else [(part.first, part.last, part.move.no) for part in parts]
            moves += [Moved(len(moves) + at, kind, begin, end, source, terminal) for at, (begin, end, source) in enumerate(sources, 1)]
            slips.do(kind, terminal, range(first, last + 1))
            done += 1
    where = {no: part.move for part in whereabouts(moves, 1, 40) for no in range(part.first, part.last + 1)}
    told = {Where.STORE: "store", Where.USED: "used", Where.SPOILED: "spoiled", Where.GONE: "gone", Where.LOST: "lost"}
    assert {no: move.terminal if move.where is Where.TERMINAL else told[move.where] for no, move in where.items()} == slips.place
    assert done > 30


def test_残りは取られた所だけ欠ける():
    assert left_of(1, 10, [(4, 5), (1, 1), (10, 10)]) == [(2, 3), (6, 9)]
    assert left_of(1, 3, [(1, 3)]) == [] and left_of(1, 3, []) == [(1, 3)]
    assert left_of(5, 8, [(1, 5), (8, 12)]) == [(6, 7)]


# ---- 印刷の確認 ----


def test_続きの用紙は写しの枚数ずつ順に分かれる():
    dealt = dealt_out([Sheets("A", 6, 8, 10), Sheets("B", 6, 1, 2)], [2, 1, 2])
    assert [[str(each) for each in of] for of in dealt] == [["A000008～A000009"], ["A000010"], ["B000001～B000002"]]
    with pytest.raises(ValueError, match="as many"):
        dealt_out([Sheets("A", 6, 8, 10)], [2])


HELD = CopyPrinted(is_paper=True, is_valid=True, is_held=True)


@pytest.mark.parametrize(
    ("copy", "may_judge", "may_reprint"),
    [
        (HELD, True, False),  # nobody said that it was spoiled
        (CopyPrinted(True, True, True, (Print(1, False),)), True, True),
        (CopyPrinted(True, True, True, (Print(1, False), Print(2, False))), True, True),
        (CopyPrinted(True, True, True, (Print(1, True),)), False, False),
        (CopyPrinted(True, True, True, (Print(1, False), Print(2, True))), False, False),
        (CopyPrinted(True, True, False, (Print(1, False),)), True, False),  # too late
        (CopyPrinted(True, False, True, (Print(1, False),)), False, False),  # taken back
        (CopyPrinted(False, True, True), False, False),  # electronic
    ],
)
def test_印刷し直せるのは書損と記録した写しだけ(copy, may_judge, may_reprint):
    """Never two good prints under one number."""
    assert (judging_refusal(copy) == "", reprint_refusal(copy) == "") == (may_judge, may_reprint)


# ---- 写しの状態 ----

STATES = [
    ([], Standing.VALID, None),
    ([("wrong", 1)], Standing.CANCELLED, 1),
    ([("not_recovered", 1), ("wrong", 2)], Standing.CANCELLED, 1),
    ([("wrong", 1), ("mistaken", 2)], Standing.VALID, None),
    ([("wrong", 1), ("mistaken", 2), ("withdrawn", 3)], Standing.CANCELLED, 3),
    ([("", 4)], Standing.REPLACED, 4),
    ([("wrong", 1), ("", 2), ("mistaken", 3)], Standing.REPLACED, 2),
    ([("wrong", 1), ("", 2)], Standing.CANCELLED, 1),
]


@pytest.mark.parametrize(("happened", "standing", "since"), STATES)
def test_処分されたか再交付された写しは有効でない(happened, standing, since):
    """N-1.3.8-11: the record is corrected only by a further row."""
    state = state_of([Happened(kind, at) for kind, at in happened])
    assert (state.standing, state.since, state.is_valid) == (standing, since, standing is Standing.VALID)
