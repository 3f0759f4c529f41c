"""一日を演じる — `make day`: a throwaway city, the stories of a day, a family's ten years twice, what the outside received, the proofs, the end.

    python -m scenarios [--size 1000] [--folder var/day]

Exit 0 only when every line of the table is ok and nothing of the city is left running.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from scenarios.day import (
    evening,
    story_1_family_moves_in,
    story_2_moves_house,
    story_3_comes_back,
    story_4_large_and_foreign,
    story_5_wrong_input,
    story_6_search,
    story_7_household,
    story_8_juki_net,
    story_9_every_event,
    story_10_inbox,
    story_11_papers,
    story_12_letters,
)
from scenarios.day.city import City, CityFailed
from scenarios.day.officer import Officer
from scenarios.day.report import Report
from scenarios.day.world import World
from scenarios.decade import life

TODAY = (
    story_1_family_moves_in, story_2_moves_house, story_3_comes_back, story_4_large_and_foreign, story_5_wrong_input, story_6_search, story_7_household,
    story_8_juki_net, story_9_every_event, story_10_inbox, story_11_papers, story_12_letters,
)  # fmt: skip
YEARS = (life.FIRST, life.AGAIN, evening)
RESIDENTS = "住民記録"


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scenarios", description="a day at the counter of a made-up city, played from outside")
    parser.add_argument("--size", type=int, default=1000, help="made-up residents (default: 1000)")
    parser.add_argument("--folder", type=Path, default=Path("var/day"), help="where city, PDFs and received messages lie (default: var/day)")
    chosen = parser.parse_args(words)
    folder = chosen.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.pdf"), *folder.glob("received_*.json")):
        old.unlink()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    began, report = time.monotonic(), Report()
    city = City(folder / "city", chosen.size, lambda line: print(line, flush=True))
    try:
        city.start()
        _play(World(city, folder, report, *_officers(city)))
    except CityFailed as failed:
        report.check("街の起動", "起動する", failed, False)
    except KeyboardInterrupt:
        report.check("中断", "最後まで進む", "中断された", False)
    finally:
        report.story = "16 街の終わり"
        left = city.end()
        report.check("プロセスもポートも残らない", "なし", "、".join(left) or "なし")
    verdict = "すべて期待どおり" if not report.wrong else f"{report.wrong}件が期待と違う"
    print(f"\n{len(report.lines)}件を確かめた：{verdict}（{time.monotonic() - began:.0f}秒）。PDFと受信した電文は {folder}")
    return 1 if report.wrong else 0


def _officers(city: City) -> list[Officer]:
    """The two clerks, the examiner, somebody of another 課, the manager: as World names them."""
    duties = (("窓口職員", 0), ("窓口職員", 1), ("審査者", 0), ("他課", 0), ("管理責任者", 0))
    return [Officer(city.account(RESIDENTS, duty, place)) for duty, place in duties]


def _play(world: World) -> None:
    report = world.report
    print()
    report.head()
    with report.telling("0 利用開始"):
        for terminal, officer in enumerate(world.officers):
            officer.sign_in(terminal)
            report.check(f"{officer.account.duty}が利用を始める", "窓口", officer.page.heading)
    for story in TODAY:
        with report.telling(story.TITLE):
            story.play(world)
    with report.telling("12 利用終了"):
        for officer in world.officers:
            report.says(f"{officer.account.duty}が利用を終える", "利用を終了しました", officer.sign_off().text)
    for later in YEARS:
        with report.telling(later.TITLE):
            later.play(world)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
