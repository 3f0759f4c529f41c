"""終わり — what the outside world has received, nothing lost and nothing twice, and what an operator's proofs and books say. 住民基本台帳法第9条, 第30条の6; F-2-20."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any  # a message is JSON of another's layout

from scenarios.day import outside
from scenarios.day.world import MOVED_IN, World

TITLE = "15 外の世界と証明"
SYSTEMS = ("residents", "juki_net", "chukan", "atena", "konbini", "transfers")
SPEAK = (
    ("residents", "juki_net"), ("residents", "atena"), ("residents", "konbini"), ("residents", "transfers"), ("juki_net", "residents"), ("atena", "chukan"),
    ("konbini", "residents"), ("transfers", "residents"),
)  # fmt: skip
OUTWARD = ("juki_net", "chukan", "transfers", "residents")  # whose lines lead to the outside world
PROOFS = (("prove",), *(("audit", "verify", "--system", system) for system in SYSTEMS))
PATIENCE = 60  # seconds in which what is still on the way must have arrived


def play(world: World) -> None:
    _prefecture(world)
    _other_city(world)
    _codes(world)
    _individual_numbers(world)
    for name in ("prefecture", "jlis_national", "other_city", "network_core", "departments", "immigration", "family_register", "mynaportal"):
        _refusals(world, name)
    for words in PROOFS:
        code, said = world.city.operate(*words)
        world.report.check(f"daicho {' '.join(words)}", "0", f"{code} {said.splitlines()[-1] if said else ''}", code == 0)
    for sender, receiver in SPEAK:
        _books(world, sender, receiver)
    for system in OUTWARD:
        _lines(world, system)


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
    expected, seen = _by_person((each.juminhyo_code, each.reason, each.address) for each in told), _by_person(
        (each["juminhyo_code"], each["event_reason_code"], each["address"]) for each in items
    )  # fmt: skip
    report.check("届いた人の数", len(expected), len(seen))
    wrong = [code for code in expected if expected[code] != seen.get(code)]
    report.check("人ごとの異動と順番と住所", "すべて同じ", "すべて同じ" if not wrong else f"{len(wrong)}人が違う: {expected[wrong[0]]} / {seen.get(wrong[0])}")
    gaps = [code for code, numbers in _numbers(items).items() if numbers != list(range(numbers[0], numbers[0] + len(numbers)))]
    report.check("更新順番号に欠番も逆転もない", 0, len(gaps))


def _other_city(world: World) -> None:
    """One 転入通知 for each person who moved in from another city."""
    report = world.report
    moved = Counter((each.juminhyo_code, each.addressee, each.address) for each in world.told if each.reason == MOVED_IN and each.addressee)
    answer = outside.wait_for(world.city.counterpart("other_city"), lambda items: sum("move_in_date" in each for each in items) >= moved.total())
    outside.keep(answer, world.folder / "received_other_city.json")
    items = [message["items"] for message in answer["messages"] if message["layout"] == "move_in_notice"]
    seen = Counter((each["juminhyo_code"], each["addressee_municipality_code"], each["new_address"]) for each in items)
    report.check("前の市区町村に届いた転入通知", moved.total(), len(items))
    report.check("転入した人ごとに、前の市区町村あてに1通", "そのとおり", "そのとおり" if seen == moved else f"足りない {moved - seen}、余る {seen - moved}")


def _codes(world: World) -> None:
    """One 符号 for each request of 中間サーバー."""
    told = outside.received(world.city.counterpart("network_core"))
    asked = [message["items"]["request_control_no"] for message in told["messages"] if message["layout"] == "code_acquisition"]
    world.report.check("符号は依頼ごとに1つ", sorted(asked), sorted(code["request_control_no"] for code in told["codes"]))


def _individual_numbers(world: World) -> None:
    """One 個人番号 for each request of 住民記録, each another."""
    told = outside.received(world.city.counterpart("jlis_national"))
    asked, given = [m["items"]["request_control_no"] for m in told["messages"] if m["layout"] == "number_request"], told["numbers"]
    world.report.check("個人番号は要求ごとに1つ", sorted(asked), sorted(each["request_control_no"] for each in given))
    world.report.check("個人番号は一人ずつ違う", len(given), len({each["individual_number"] for each in given}))


def _refusals(world: World, name: str) -> None:
    """A counterpart refused what it was made to refuse, and nothing else."""
    told = outside.received(world.city.counterpart(name))
    seen, foreseen = Counter(refusal["code"] for refusal in told["refusals"]), world.refused.get(name, Counter())
    world.report.check(f"{name}が断ったもの（故障のときだけ）", dict(sorted(foreseen.items())), dict(sorted(seen.items())))


def _lines(world: World, system: str) -> None:
    """No line is stopped, no notice to the outside waits for anybody."""
    are_open, waiting, said = world.city.waiting_lines(system)
    world.report.check(
        f"daicho line list --system {system}",
        "すべて開いていて、待つ通知がない",
        "すべて開いていて、待つ通知がない" if are_open and not waiting else said,
    )


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
