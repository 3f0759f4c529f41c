"""家族の転入 — four people from 札幌市: entered by one officer, examined by another, and a 住民票の写し for the head. 住民基本台帳法第22条."""

from __future__ import annotations

from scenarios.day.officer import Officer
from scenarios.day.papers import Paper, read
from scenarios.day.world import World, codes_of

TITLE = "1 家族4人の転入"
STORY = "1_family_moves_in"


def family() -> Paper:
    return read(STORY, "1_move_in")


def open_head(officer: Officer) -> None:
    head = family().people[0]
    officer.open(head["氏名"], head["振り仮名"], head["生年月日"])


def play(world: World) -> None:
    report, clerk, paper = world.report, world.clerk, family()
    head = paper.people[0]
    clerk.receive(head["氏名"], "転入の届出と住民票の写しの請求")
    clerk.begin(paper)
    filing_no = world.enter(clerk, paper, "4人の転入")
    _see_before(world, paper, filing_no)
    done = world.register(paper, filing_no, codes_of(paper), "4人の転入")
    rows = done.table("住民票")
    report.check("4人の住民票ができる", 4, len(rows))
    report.check("宛名番号は4人とも別", 4, len({row["宛名番号"].text for row in rows}))
    report.check("世帯番号は1つ", 1, len({row["世帯番号"].text for row in rows}))
    report.check("続柄の順", "世帯主 妻 子 子", " ".join(row["続柄"].text for row in rows))

    open_head(clerk)
    report.says("個人票に新しい住所", paper.address, clerk.page.text)
    report.says("個人票に前の住所", paper.filing["転入前の住所"], clerk.page.text)
    report.silent("個人票に番号は出ない", head["個人番号"], clerk.page.text.replace(" ", ""))
    _certificates(world, paper)


def _see_before(world: World, paper: Paper, filing_no: str) -> None:
    """Before 本登録 the register knows nobody; the examiner sees paper and sheets side by side."""
    report, head = world.report, paper.people[0]
    world.clerk.search({"氏名・フリガナ": head["振り仮名"], "生年月日": head["生年月日"]})
    report.check("仮登録では検索に出ない", 0, len(world.clerk.hits()))
    page = world.examiner.look_at(filing_no)
    sheets = [each.text for each in page.main.all("h2") if "人目" in each.text]
    report.check("審査の画面に4人の住民票案がある", [True] * 4, [person["氏名"] in text for person, text in zip(paper.people, sheets, strict=False)])
    report.says("審査者に届書の住所が見える", paper.filing["新しい住所"], page.text)


def _certificates(world: World, paper: Paper) -> None:
    report, head = world.report, paper.people[0]
    plain = world.certificate(world.clerk, "世帯主", "juminhyo_head.pdf")
    full = world.certificate(world.clerk, "世帯主（本籍つき）", "juminhyo_head_with_domicile.pdf", ("本籍",))
    entries = world.certificate(
        world.clerk, "世帯主", "entries.pdf", chosen={"証明書": "住民票記載事項証明書"}, filled={"記載する事項": ["氏名（旧氏・通称とともに）", "住所"]}
    )  # fmt: skip
    attested = world.certificate(
        world.clerk, "世帯主", "attested.pdf", chosen={"証明書": "住民票記載事項証明書（持参様式の奥書）"},
        filled={"証明する様式の名称": "扶養親族等申告書", "様式の枚数": "1", "照合した事項": ["氏名（旧氏・通称とともに）"]},
    )  # fmt: skip
    if not plain:
        report.check("写しの文字（pdftotext）", "読める", "pdftotextがないため見ていない", True)
        return
    text = "".join(plain.split())
    report.says("写しの題", "住民票", text)
    report.says("写しの氏名", "".join(head["氏名"].split()), text)
    report.says("写しの住所", paper.address, text)
    report.silent("求めない本籍は省略", head["本籍"], text)
    report.silent("求めない個人番号は省略", head["個人番号"], text)
    report.says("求めた本籍は載る", head["本籍"], "".join(full.split()))
    report.says("記載事項証明書に選んだ住所が載る", paper.address, "".join(entries.split()))
    report.silent("記載事項証明書に選ばない事項は載らない", "生年月日", "".join(entries.split()))
    report.says("奥書は様式の名を示す", "証明する様式扶養親族等申告書", "".join(attested.split()))
