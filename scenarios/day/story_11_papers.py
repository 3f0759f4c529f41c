"""渡すもの — one of each certificate that the city hands over, of a resident, of somebody removed and of a sheet made anew; each is read as a PDF. 住民基本台帳法第12条, 第15条の4; 標準5章."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

from scenarios.day.browser import Browser
from scenarios.day.case import names, residents, words_of
from scenarios.day.officer import Officer, errors
from scenarios.day.official_request import official_request
from scenarios.day.papers import read
from scenarios.day.story_1_family_moves_in import family, open_head
from scenarios.day.world import World

TITLE = "11 証明書を1つずつ"
OF_A_RESIDENT = ("住民票の写し（個人票）", "住民票の写し（世帯連記式）")  # 記載事項証明書 and 奥書: story 1
OF_A_REMOVED = ("住民票の除票の写し", "住民票除票記載事項証明書")
OF_ONE_WHO_LEFT = ("住民票除票記載事項証明書（持参様式の奥書）",)
OF_AN_OLD_SHEET = ("改製原住民票の写し",)


def play(world: World) -> None:
    clerk = world.clerk
    clerk.receive(family().people[0]["氏名"], "証明書の請求")
    open_head(clerk)
    _each(world, clerk, OF_A_RESIDENT)
    old = words_of(names().index("sheet_renewal"))
    clerk.receive(old["氏名"], "改製原住民票の写しの請求")
    clerk.open(old["氏名"], old["振り仮名"], old["生年月日"])
    _each(world, clerk, OF_AN_OLD_SHEET, sheet="改製原")
    left = words_of(names().index("move_out"))
    clerk.receive(left["氏名"], "除票の記載事項の証明")
    clerk.open(left["氏名"], left["振り仮名"], left["生年月日"], "除票")
    _each(world, clerk, OF_ONE_WHO_LEFT)
    dead = words_of(names().index("death"))
    dead["住所"] = residents("日本人", dead)[0].address
    official_request(world, dead, OF_A_REMOVED, lambda: _from_its_page(world, clerk, OF_A_REMOVED))
    _electronic(world)
    _of_nobody(world)


def _each(world: World, clerk: Officer, wanted: tuple[str, ...], sheet: str = "") -> None:
    """Each of these certificates of the person whose card is open."""
    card = clerk.page
    clerk.go(card.link("証明書"))
    _from_its_page(world, clerk, wanted, sheet)
    clerk.page = card


def _from_its_page(world: World, clerk: Officer, wanted: tuple[str, ...], sheet: str = "") -> None:
    """From the page 証明書の交付, anew each time."""
    way = clerk.page.address
    for kind in wanted:
        clerk.go(way)
        if sheet:
            _choose(clerk, "証明する住民票", sheet)
        if kind not in clerk.page.text:
            world.report.check(kind, "選べる", clerk.page.text[:200], False)
            continue
        if any(field.label == "証明書" for field in clerk.page.form("交付する").fields):
            _choose(clerk, "証明書", kind)
        form = clerk.page.form("交付する")
        if "奥書" in kind:
            form.fill({"証明する様式の名称": "年金受給者死亡届", "様式の枚数": "1", "照合した事項": ["氏名（旧氏・通称とともに）"]})
        elif "記載事項証明書" in kind:
            form.fill({"記載する事項": ["氏名（旧氏・通称とともに）", "生年月日", "住所"]})
        if not form.value("使用目的"):
            form.fill({"使用目的": "年金の手続"})
        world.take(clerk, form, "交付する", kind)


def _choose(clerk: Officer, label: str, words: str) -> None:
    """What is chosen decides what else is offered: the page is asked for again, as its script would."""
    form = clerk.page.form("内容を確かめる")
    form.fill({label: words})
    clerk.page = clerk.browser.press(form, "内容を確かめる")
    if errors(clerk.page) and clerk.page.status != 200:
        raise LookupError("／".join(errors(clerk.page)))


def _electronic(world: World) -> None:
    """A signed copy: a reader that is not ours finds the signature good; of an altered one bad; and anybody can ask the city about it."""
    clerk, report = world.clerk, world.report
    clerk.receive(family().people[0]["氏名"], "電子の写しの請求")
    open_head(clerk)
    clerk.go(clerk.page.link("証明書"))
    form = clerk.page.form("交付する")
    form.fill({"交付の形": "電子（署名付きPDF）", "使用目的": "年金の手続"})
    text = world.take(clerk, form, "交付する", "電子の写し")
    if not text:
        return
    file = world.papers["電子の写し"]
    altered = file.with_name("paper_altered.pdf")
    altered.write_bytes(file.read_bytes().replace(b"/Title", b"/Titel", 1))
    report.check("署名を確かめる（pdfsig）", "有効", _signature(file))
    report.check("書き換えた写しの署名", "無効", _signature(altered), _signature(altered) in ("無効", NO_READER))
    code, world_outside = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", text), Browser(world.city.check_page)
    if report.check("照合番号が印刷されている", "ある", "ある" if code else "ない") and code:
        page = world_outside.get(code[0])
        report.says("照合ページは有効という", "現在も有効です", page.text)
        report.says("照合ページの要約値は写しのもの", hashlib.sha256(file.read_bytes()).hexdigest(), page.text)
        report.silent("照合ページに人のことはない", "".join(family().people[0]["氏名"].split()), "".join(page.text.split()))
    report.check("ない番号は確認できない", 404, world_outside.get("0000-0000-0000-0000").status)


NO_READER = "pdfsigがないため見ていない"


def _signature(file: Path) -> str:
    program = shutil.which("pdfsig")
    if program is None:
        return NO_READER
    said = subprocess.run([program, "-nocert", str(file)], capture_output=True, text=True, check=False).stdout
    return "有効" if "Signature is Valid" in said and "Total document signed" in said else "無効"


def _of_nobody(world: World) -> None:
    """不在住証明 and 廃棄済証明: nobody answers to what was looked for; where somebody does, the paper is refused and nobody is named."""
    clerk, report = world.clerk, world.report
    clerk.receive("見本　調査", "不在住証明の請求", "第三者")
    for kind, name in (("不在住証明", "誰もいない　太郎"), ("廃棄済証明", "昔いた　花子")):
        clerk.page = clerk.browser.get("/absence/")
        form = clerk.page.form("調べる")
        form.fill({"証明": kind, "氏名": name, "住所": "北海道小樽市花園2丁目98番7号", "使用目的": "訴訟の準備"})
        if kind == "廃棄済証明":
            form.fill({"消除された日": "平成18年3月日不詳"})
        clerk.page = clerk.browser.press(form, "調べる")
        if not clerk.page.has_button("交付する"):
            report.check(kind, "交付できる", "／".join(errors(clerk.page)) or clerk.page.text[:300], False)
            continue
        world.take(clerk, clerk.page.form("交付する"), "交付する", kind)
    head, home = family(), read("2_moves_house", "1_whole").address  # where the family has lived since story 2
    clerk.page = clerk.browser.get("/absence/")
    form = clerk.page.form("調べる")
    form.fill({"証明": "不在住証明", "氏名": head.people[0]["氏名"], "住所": home, "使用目的": "訴訟の準備"})
    clerk.page = clerk.browser.press(form, "調べる")
    report.check("住んでいる人の不在住証明は出せない", False, clerk.page.has_button("交付する"))
