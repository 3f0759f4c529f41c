"""7年目から10年目 — the head dies and the household waits for another; one leaves, one stays after all, one comes home. 住民基本台帳法第9条, 第22条, 第24条, 第25条; 標準4.6."""

from __future__ import annotations

from datetime import timedelta

from scenarios.day import papers
from scenarios.day.papers import Paper
from scenarios.decade import asking, card, departments, moving_notice, shop
from scenarios.decade.family import BABY, CHILD, FATHER, MOTHER, Family
from scenarios.decade.rooms import DEAD, GONE, LEAVING, RESIDENT, Standing, say


def seventh(family: Family) -> None:
    """The father dies: three remain without 世帯主, which is lawful, until the mother's filing."""
    world, paper, head = family.world, family.paper("10_father_dies"), family.paper("11_head_change")
    clerk = world.clerk
    clerk.receive(family.name(MOTHER), "死亡届と世帯主変更の届出")
    family.open(clerk, FATHER)
    clerk.begin(paper)
    world.enter_and_register(clerk, paper, [], "世帯主の父の死亡")
    world.tell("死亡", family.codes[FATHER], family.home)
    family.mend()
    say(family, FATHER, Standing(DEAD, family.home, "", ""))
    say(family, BABY, Standing(RESIDENT, family.home, "子", ""))
    family.open(clerk, MOTHER)
    clerk.begin(head)
    world.enter_and_register(clerk, head, [], "母が世帯主に")
    say(family, MOTHER, Standing(RESIDENT, family.home, "世帯主", family.name(MOTHER)))
    say(family, BABY, Standing(RESIDENT, family.home, "子", family.name(MOTHER)))
    asking.answered(family, BABY, ("子", family.name(MOTHER)))


def eighth(family: Family) -> None:
    """The child leaves on a day to come, told by the job on that day or by the other city before it; the notice is taken in once."""
    world, paper = family.world, family.paper("12_move_out")
    clerk = world.clerk
    clerk.receive(family.name(CHILD), "転出の届出")
    family.open(clerk, CHILD)
    clerk.begin(paper)
    world.examiner.page = world.enter_and_register(clerk, paper, [], "これからの日の転出")
    _takes_along(family, paper)
    say(family, CHILD, Standing(LEAVING, family.home, "子", family.name(MOTHER)))
    say(family, MOTHER, Standing(RESIDENT, family.home, "世帯主", family.name(MOTHER)))
    shop.refuses(family, CHILD, "転出予定の人のカードは断る", "K03")
    if family.notice_first:
        _told_before_the_day(family)
    else:
        _left_on_the_day(family)
    code, said = world.run_job("due_removals")
    seen = f"{code} {'done' if ': done' in said else said} {'消除 0' if '消除 0' in said else said}"
    world.report.check("転出予定日の到来の処理をもう一度", "0 done 消除 0", seen)


def _takes_along(family: Family, paper: Paper) -> None:
    """転出証明書 comes out of the page on which the 転出 was registered; it is lost, and the copy says 再交付 and what the first said."""
    world, clerk = family.world, family.world.clerk
    first = world.move_out_paper(world.examiner, "転出証明書を交付する")
    clerk.receive(family.name(CHILD), "転出証明書の再交付の申出")
    family.open(clerk, CHILD, LEAVING)
    clerk.go(clerk.page.link("転出証明書"))
    again = world.move_out_paper(clerk, "転出証明書を再交付する", "紛失")
    if first and again:
        world.report.says("転出証明書に転出先", paper.filing["転出先の住所"], first)
        world.report.says("転出証明書に住民票コード", family.codes[CHILD], first)
        world.report.check("再交付と載るのは再交付だけ", (0, 1), (first.count("再交付"), again.count("再交付")))
        rows = [text.split("住所", 1)[-1].split("以下余白", 1)[0] for text in (first, again)]
        world.report.check("再交付は最初の内容のまま", rows[0], rows[1])


def _left_on_the_day(family: Family) -> None:
    """The day comes, and then the other city's notice."""
    family.world.turn(papers.today() + timedelta(days=10))
    _gone(family)
    moving_notice.three_of_them(family, CHILD, papers.today())


def _told_before_the_day(family: Family) -> None:
    """The notice comes first, of an earlier day: it closes the sheet, and the planned day finds nothing to do."""
    family.world.turn(papers.today() + timedelta(days=8))
    moving_notice.three_of_them(family, CHILD, papers.today() - timedelta(days=1))
    _gone(family)
    family.world.turn(papers.today() + timedelta(days=2))


def _gone(family: Family) -> None:
    family.world.tell("転出", family.codes[CHILD], family.home)
    family.mend()
    say(family, CHILD, Standing(GONE, family.home, "", ""))
    departments.told(family, CHILD, "転出者")
    shop.refuses(family, CHILD, "転出した人のカードは断る", "K04")


def ninth(family: Family) -> None:
    """A 転出 filed by mistake is cancelled before its day: everybody knows her as a resident again."""
    world, paper, cancel = family.world, family.paper("13_wrong_move_out"), family.paper("14_cancel")
    clerk = world.clerk
    clerk.receive(family.name(MOTHER), "転出の届出")
    family.open(clerk, MOTHER)
    clerk.begin(paper)
    world.examiner.page = world.enter_and_register(clerk, paper, [], "誤った転出")
    world.move_out_paper(world.examiner, "転出証明書を交付する")
    say(family, MOTHER, Standing(LEAVING, family.home, "世帯主", family.name(MOTHER)))
    family.open(clerk, MOTHER, LEAVING)
    clerk.cancel("国内転出")
    done = world.enter_and_register(clerk, cancel, [], "転出の取消し")
    world.report.says("渡した転出証明書は回収する", "転出の取消しにより、回収が必要", done.text)
    family.mend()
    say(family, MOTHER, Standing(RESIDENT, family.home, "世帯主", family.name(MOTHER)))
    shop.issues(family, MOTHER, "取消しの後は店舗で交付できる", [family.name(MOTHER)])


def tenth(family: Family) -> None:
    """The child comes home by card, with the old numbers; mother and children on one paper."""
    world = family.world
    clerk = world.clerk
    clerk.receive(family.name(CHILD), "再転入の届出と住民票の写しの請求")
    family.open(clerk, MOTHER)
    paper = family.paper("15_comes_back").but_filed({"入る世帯の世帯番号": clerk.page.fact("世帯番号")})
    family.open(clerk, CHILD, "除票")
    clerk.begin(paper)
    card.fetched(family, CHILD)
    page = world.enter_and_register(clerk, paper, [family.codes[CHILD]], "子が帰ってくる")
    world.report.check(
        "宛名番号は前のもの", [family.atena_no[CHILD]], [row["宛名番号"].text for row in page.table("住民票") if family.name(CHILD) in row["氏名"].text]
    )
    family.mend()
    say(family, CHILD, Standing(RESIDENT, family.home, "子", family.name(MOTHER)))
    departments.told(family, CHILD, "住登者")
    asking.answered(family, CHILD, ("子", family.name(MOTHER)))
    everybody = [family.name(role) for role in (MOTHER, BABY, CHILD)]
    family.open(clerk, MOTHER)
    text = "".join(world.certificate(clerk, "世帯3人", f"decade_{papers.today().year}_household.pdf", ("続柄",), household=tuple(everybody)).split())
    if text:
        world.report.check("世帯連記式に3人", everybody, [name for name in everybody if "".join(name.split()) in text])
        world.report.silent("亡くなった父は載らない", "".join(family.name(FATHER).split()) + "性別", text)
    shop.issues(family, MOTHER, "店舗で世帯全員の写し", everybody, kind=shop.HOUSEHOLD)
