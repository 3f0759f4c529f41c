"""一日の終わり — what the outside world has received, what 市町村CS lets in, and what an operator's proofs say. 住民基本台帳法第9条, 第30条の6; F-2-08."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any  # a message is JSON of another's layout

from scenarios.day import outside
from scenarios.day.officer import Officer
from scenarios.day.world import MOVED_IN, World

TITLE = "7 外の世界と証明"
SYSTEMS = ("residents", "juki_net", "chukan", "atena", "konbini", "transfers")
SPEAK = (
    ("residents", "juki_net"), ("residents", "atena"), ("residents", "konbini"), ("residents", "transfers"), ("juki_net", "residents"), ("atena", "chukan"),
    ("konbini", "residents"), ("transfers", "residents"),
)  # fmt: skip
PROOFS = (("prove",), *(("audit", "verify", "--system", system) for system in SYSTEMS))
PATIENCE = 60  # seconds in which what is still on the way must have arrived


def play(world: World) -> None:
    _prefecture(world)
    _other_city(world)
    _operator(world)
    for words in PROOFS:
        code, said = world.city.operate(*words)
        world.report.check(f"daicho {' '.join(words)}", "0", f"{code} {said.splitlines()[-1] if said else ''}", code == 0)
    for sender, receiver in SPEAK:
        _books(world, sender, receiver)


def _books(world: World, sender: str, receiver: str) -> None:
    """Equal books of each pair, once what is on the way has arrived."""
    until = time.monotonic() + PATIENCE
    code, said = world.city.operate("books", sender, receiver)
    while code == 1 and time.monotonic() < until:
        time.sleep(1)
        code, said = world.city.operate("books", sender, receiver)
    told = said.splitlines()[-2:]
    world.report.check(f"daicho books {sender} {receiver}", "equal", " ".join(told), code == 0)


def _prefecture(world: World) -> None:
    """One update for each person and 異動, in the order in which they were registered."""
    report, told = world.report, world.told
    answer = outside.wait_for(world.city.counterpart("prefecture"), lambda items: len(items) >= len(told))
    outside.keep(answer, world.folder / "received_prefecture.json")
    items = [message["items"] for message in answer["messages"]]
    report.check("都道府県に届いた数", len(told), len(items))
    report.check("都道府県が断った数", 0, len(answer["refusals"]))
    expected, seen = _by_person((each.juminhyo_code, each.reason, each.address) for each in told), _by_person(
        (each["juminhyo_code"], each["event_reason_code"], each["address"]) for each in items
    )  # fmt: skip
    report.check("届いた人の数", len(expected), len(seen))
    wrong = [code for code in expected if expected[code] != seen.get(code)]
    report.check("人ごとの異動と順番と住所", "すべて同じ", "すべて同じ" if not wrong else f"{len(wrong)}人が違う: {expected[wrong[0]]} / {seen.get(wrong[0])}")
    gaps = [code for code, numbers in _numbers(items).items() if numbers != list(range(numbers[0], numbers[0] + len(numbers)))]
    report.check("更新順番号に欠番も逆転もない", 0, len(gaps))


def _other_city(world: World) -> None:
    """One 転入通知 for each person who moved in."""
    report = world.report
    moved = Counter((each.juminhyo_code, each.addressee, each.address) for each in world.told if each.reason == MOVED_IN)
    answer = outside.wait_for(world.city.counterpart("other_city"), lambda items: len(items) >= moved.total())
    outside.keep(answer, world.folder / "received_other_city.json")
    items = [message["items"] for message in answer["messages"]]
    seen = Counter((each["juminhyo_code"], each["addressee_municipality_code"], each["new_address"]) for each in items)
    report.check("前の市区町村に届いた転入通知", moved.total(), len(items))
    report.check("前の市区町村が断った数", 0, len(answer["refusals"]))
    report.check("転入した人ごとに、前の市区町村あてに1通", "そのとおり", "そのとおり" if seen == moved else f"足りない {moved - seen}、余る {seen - moved}")


def _operator(world: World) -> None:
    """A password opens nothing of 市町村CS; the operator's own device does."""
    report, operator = world.report, Officer(world.city.account("住基ネット・市町村CS", "住基ネット操作者"))
    operator.give_password(0)
    report.says("住基ネットにパスワードだけで入ろうとする", "利用開始", operator.go("/notices/").heading)
    operator.sign_in(0)
    report.check("住基ネットの操作者が認証器を登録し、生体認証で入る", "通知の状況", operator.page.heading)
    operator.sign_off()
    operator.sign_in(0)
    report.check("二度目は生体認証だけで入る", "通知の状況", operator.page.heading)
    report.says("利用を終える", "利用を終了しました", operator.sign_off().text)


def _by_person(told: Any) -> dict[str, list[tuple[str, str]]]:  # Any: an iterable of (code, reason, address)
    found: dict[str, list[tuple[str, str]]] = {}
    for code, reason, address in told:
        found.setdefault(code, []).append((reason, address))
    return found


def _numbers(items: list[dict[str, Any]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for each in items:
        found.setdefault(each["juminhyo_code"], []).append(int(each["update_sequence_no"]))
    return found
