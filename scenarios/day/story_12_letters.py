"""通知書と帳票 — one of each letter and form that the city sends or hands out, each brought about by what it is for. 住民基本台帳法第8条–第34条; 標準 4章, 8章, 9章."""

from __future__ import annotations

from collections.abc import Callable

from scenarios.day.letters import asked, filings, foreigners, households, moving, protection
from scenarios.day.officer import NotAsExpected
from scenarios.day.outside import NotDone
from scenarios.day.world import World

TITLE = "12 通知書と帳票を1つずつ"
SCENES: tuple[Callable[[World], None], ...] = (
    filings.told_too_late, filings.number_of_a_child, moving.notices_on_paper, moving.notice_of_nobody, moving.passed_on, moving.ward_leaves,
    moving.never_arrived, moving.copies_across, households.asked_for_a_head, households.place_renamed, households.demanded_to_file,
    protection.of_each_step, protection.turned_down, foreigners.term_ends, foreigners.sixty_days, asked.told_of_a_copy, asked.refused_request,
)  # fmt: skip
OF_SUPPORT = tuple(f"住民基本台帳事務における支援措置{which}通知書" for which in ("の決定", "の却下", "の変更", "の延長", "期間終了", "の終了"))
ALL = (
    # 証明書
    "住民票の写し（個人票）", "住民票の写し（世帯連記式）", "住民票記載事項証明書", "住民票記載事項証明書（持参様式の奥書）", "住民票の除票の写し",
    "住民票除票記載事項証明書", "住民票除票記載事項証明書（持参様式の奥書）", "改製原住民票の写し", "転出証明書", "転出証明書に準ずる証明書", "不在住証明", "廃棄済証明", "住民票の写し（広域交付）", "電子の写し",
    # 通知書
    "住民票コード通知票", "住民票コード変更通知票", "住民票コード修正通知票", "個人番号通知票", "個人番号変更通知票", "住民異動届受理通知", "世帯主変更通知書",
    "世帯主変更依頼通知書", "職権記載等通知書", "住民票の写し等交付通知書（本人あて）", "住民票の写し等交付通知書（申請者あて）", "本人通知期間満了のお知らせ",
    "転入通知書", "転入通知未着照会書", "戸籍の附票記載事項通知書", "住民基本台帳法第9条第2項の通知書", "住民基本台帳法第19条第2項の通知書", "届出の催告書",
    *OF_SUPPORT, "支援措置申出書の転送書", "在留期間満了のお知らせ", "経過滞在者への在留手続のお知らせ", "成年被後見人の転出に関する通知書",
    "住所等の変更のお知らせ（事前）", "住所等の変更のお知らせ（事後）", "不交付決定通知書",
    # 帳票
    "住民異動届", "届出の控えと手続の案内", "職権記録書", "処理結果確認票", "転入通知情報取込エラー一覧表", "世帯主変更依頼通知書対象者リスト", "転入通知未着者一覧",
)  # fmt: skip
"""Every paper that the city knows, under the name that it has there."""


def play(world: World) -> None:
    for scene in SCENES:
        try:
            scene(world)
        except (NotAsExpected, NotDone, LookupError) as failed:
            world.report.check(f"{scene.__name__}：最後まで進む", "進む", f"{type(failed).__name__} {failed}", False)
    for kind in ALL:
        world.report.check(f"一日のうちに出た：{kind}", "PDF", "PDF" if kind in world.papers else "出ていない")
