"""相手方の故障 — in the second life every simulator fails in turn, each in every way it can, and is made well again. F-2-20, F-2-21; N-7.1.1.1-22; design §5.

What a fault asks for: nothing (the house sends again by itself), an officer's 再送 on the notice screen (the counterpart refused), or an
operator who opens the line again (the counterpart knew us no longer, which stops it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from scenarios.day import outside, papers
from scenarios.day.world import DESKS, World
from scenarios.decade import asking, card, departments, moving_notice, shop
from scenarios.decade.family import BABY, CHILD, MOTHER, Family

NAMES = {
    "prefecture": "都道府県", "jlis_national": "機構", "other_city": "他市町村", "network_core": "情報提供ネットワーク", "departments": "庁内の課",
    "family_register": "戸籍附票",
}  # fmt: skip
KINDS = {
    "down": "停止", "late": "遅延", "silent": "応答の喪失", "duplicate": "重複の応答", "out_of_order": "順序の入替え", "refuse": "拒否", "corrupt": "壊れた応答",
    "stop": "許可の取消し",
}  # fmt: skip
_CODES = {"refuse": "F04", "stop": "U02"}  # with which the counterpart refuses: something about the message; who sent it
_MET = {**_CODES, "down": "S01", "silent": "D01", "corrupt": "D01"}  # what the counterpart notes of each
LATE_MS = 1500
REASON = "相手方の故障が直ったことを確かめた"


@dataclass(frozen=True)
class Outage:
    """Faults that one counterpart plays for the messages of `sender`, one message each."""

    sender: str
    counterpart: str
    kinds: tuple[str, ...]

    def begin(self, world: World) -> None:
        faults = [{"kind": "refuse" if kind in _CODES else kind, "code": _CODES.get(kind, ""), "ms": LATE_MS, "times": 1} for kind in self.kinds]
        outside.order(world.city.counterpart(self.counterpart), "/_scenario", {"faults": faults})
        world.refused.setdefault(self.counterpart, Counter()).update(_MET[kind] for kind in self.kinds if kind in _MET)

    def mend(self, world: World) -> None:
        """See that each fault was met, and do what it asks for."""
        for place, kind in enumerate(self.kinds, 1):
            left = outside.until(lambda: self._left(world), lambda many: many <= len(self.kinds) - place)  # noqa: B023 — asked before the next
            step = f"{NAMES[self.counterpart]}の{KINDS[kind]}"
            world.report.check(f"{step}に出会う", True, left <= len(self.kinds) - place)
            if kind == "refuse":
                self._resend(world, step)
            elif kind == "stop":
                self._reopen(world, step)

    def _left(self, world: World) -> int:
        """How many faults are still to be played."""
        return len(outside.get(world.city.counterpart(self.counterpart), "/_scenario")["faults"])

    def _resend(self, world: World, step: str) -> None:
        """The officer finds it among what needs one, and sends it again."""
        desk = world.desk(self.sender)
        rows = outside.until(lambda: stuck(world, self.sender), bool)
        world.report.check(f"{step}：要対応の通知", 1, len(rows))
        desk.go(rows[0])
        form = desk.page.form("この通知を再送する")
        form.fill({"再送の理由": REASON})
        desk.page = desk.browser.press(form, "この通知を再送する")
        world.report.says(f"{step}：再送する", "送信待ちに戻しました", desk.page.root.text)
        world.report.check(f"{step}：要対応はなくなる", [], outside.until(lambda: stuck(world, self.sender), lambda left: not left))

    def _reopen(self, world: World, step: str) -> None:
        """The line stands still until an operator answers for it."""
        line = ("line", "list", "--system", self.sender)
        code, _ = outside.until(lambda: world.city.operate(*line), lambda seen: seen[0] == 1)
        world.report.check(f"{step}：回線が止まる", 1, code)
        login = world.city.account(DESKS[self.sender][0], "システム管理者").login
        code, said = world.city.operate("line", "reopen", self.counterpart, "--system", self.sender, "--as", login, "--reason", REASON)
        world.report.check(f"{step}：運用者が回線を開く", 0, code if not code else said)


def stuck(world: World, system: str) -> list[str]:
    """Where the notices lead that need an officer."""
    desk = world.desk(system)
    desk.page = desk.browser.get("/")
    desk.go(desk.page.link("通知の状況"))
    form = desk.page.form("絞り込む")
    form.fill({"状態": "要対応"})
    desk.page = desk.browser.press(form, "絞り込む")
    links = [row["登録"].first("a") for row in desk.page.table("通知")]
    return [link.get("href") for link in links if link is not None]


OUTAGES: dict[int, tuple[Outage, ...]] = {
    1: (
        Outage("juki_net", "prefecture", ("down", "silent")),
        Outage("juki_net", "other_city", ("silent",)),
        Outage("chukan", "network_core", ("down",)),
        Outage("transfers", "departments", ("late",)),
        Outage("residents", "family_register", ("down", "silent")),
    ),
    2: (
        Outage("juki_net", "prefecture", ("late",)),
        Outage("juki_net", "jlis_national", ("down", "silent")),
        Outage("chukan", "network_core", ("silent",)),
        Outage("transfers", "departments", ("out_of_order",)),
    ),
    3: (
        Outage("juki_net", "prefecture", ("out_of_order", "duplicate", "corrupt")),
        Outage("juki_net", "other_city", ("corrupt",)),
        Outage("chukan", "network_core", ("refuse",)),
        Outage("transfers", "departments", ("duplicate", "down")),
    ),
    4: (Outage("transfers", "departments", ("refuse",)),),
    5: (Outage("transfers", "departments", ("corrupt", "stop")),),
    6: (Outage("juki_net", "prefecture", ("refuse",)), Outage("transfers", "departments", ("silent",))),
    7: (Outage("juki_net", "prefecture", ("stop",)),),
    8: (Outage("juki_net", "prefecture", ("down",)),),
    10: (Outage("juki_net", "other_city", ("down", "refuse")),),
}


@dataclass
class Failing:
    """What fails in one year of the second life."""

    family: Family
    year: int
    mended: bool = field(default=False)

    def begin(self) -> None:
        self.family.mend = self.mend
        if self.year == 10:
            self.family.around_the_answer = self._around_the_answer
        else:
            self._begin()

    def _begin(self) -> None:
        for outage in OUTAGES.get(self.year, ()):
            outage.begin(self.family.world)

    @contextmanager
    def _around_the_answer(self) -> Iterator[None]:
        """The former city is asked before it is told: what it does to the notice begins after its answer."""
        card.spoilt(self.family, CHILD)
        yield
        self._begin()

    def mend(self) -> None:
        for outage in OUTAGES.get(self.year, ()):
            outage.mend(self.family.world)
        if self.year == 8:
            _strangers(self.family)
        if self.year == 9:
            _bad_questions(self.family)


def _strangers(family: Family) -> None:
    """Messages that are not what they say are turned away at the door; so is the centre's, and its answers stay bound to their questions."""
    report = family.world.report
    for told, order in (("署名の後に変えた転入通知", {"altered": True}), ("県を名乗る転入通知", {"as": "prefecture"})):
        report.check(f"{told}は受け付けない", "unauthorized", moving_notice.send(family, CHILD, papers.today(), order)["status"])
    shop.goes_wrong(family, MOTHER)


def _bad_questions(family: Family) -> None:
    """Inquiries with something wrong in them, of the network and of a department: refused, and the right one answered again."""
    for fault in asking.FAULTS:
        asking.refused(family, BABY, fault)
    asking.answered(family, BABY, ("子", family.name(MOTHER)))
    departments.asks(family, MOTHER)
