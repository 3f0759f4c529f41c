"""1年目から3年目 — back from abroad, a marriage, a birth, a larger house, and the grandmother. 住民基本台帳法第8条, 第22条, 第23条."""

from __future__ import annotations

from scenarios.day import outside, papers
from scenarios.decade import asking, departments, shop
from scenarios.decade.family import BABY, CHILD, FATHER, GRANDMOTHER, MOTHER, Family
from scenarios.decade.rooms import RESIDENT, Standing, say


def first(family: Family) -> None:
    """Father and child come from abroad, the mother marries in."""
    world, paper = family.world, family.paper("01_from_abroad")
    clerk, report = world.clerk, world.report
    asking.begin(family)
    clerk.receive(family.name(FATHER), "国外からの転入の届出")
    clerk.begin(paper)
    world.enter_and_register(clerk, paper, [family.codes[FATHER], family.codes[CHILD]], "国外からの転入")
    family.learn(clerk, FATHER, CHILD)
    report.says("国外の住所が残る", paper.filing["転入前の国"], clerk.page.text)
    married = family.paper("02_marries_in").but_filed({"入る世帯の世帯番号": clerk.page.fact("世帯番号")})
    clerk.receive(family.name(MOTHER), "婚姻による転入の届出")
    clerk.begin(married)
    world.enter_and_register(clerk, married, [family.codes[MOTHER]], "妻が世帯に入る")
    family.learn(clerk, MOTHER)
    family.mend()
    relationships = {FATHER: "世帯主", MOTHER: "妻", CHILD: "子"}
    for role, relationship in relationships.items():
        say(family, role, Standing(RESIDENT, paper.address_outside, relationship, family.name(FATHER)))
    asking.learn(family, {role: (relationship, family.name(FATHER)) for role, relationship in relationships.items()})
    asking.answered(family, FATHER, ("世帯主", family.name(FATHER)))
    asking.refused(family, FATHER, "expired_permit")
    departments.told(family, FATHER, "住登者")
    shop.issues(family, FATHER, "店舗で父の写し", [family.name(FATHER), paper.address])


def second(family: Family) -> None:
    """A child is born; the city gives the 住民票コード, and 機構 the 個人番号."""
    world, paper = family.world, family.paper("03_birth")
    clerk = world.clerk
    clerk.receive(family.name(FATHER), "出生届")
    family.open(clerk, MOTHER)
    clerk.begin(paper)
    page = world.register(paper, world.enter(clerk, paper, "子が生まれる"), [], "子が生まれる")
    family.words = {**family.words, f"{BABY}の生年月日": paper.filing["出生の日（異動日）"]}
    world.report.check("子の続柄", ["子"], [row["続柄"].text for row in page.table("住民票")])
    family.learn(clerk, BABY)
    family.codes[BABY] = clerk.reveal("住民票コード")
    world.tell("出生", family.codes[BABY], family.paper("01_from_abroad").address_outside)
    family.mend()
    _number_comes(family)
    say(family, BABY, Standing(RESIDENT, family.paper("01_from_abroad").address_outside, "子", family.name(FATHER)))
    asking.learn(family, {BABY: ("子", family.name(FATHER))})
    departments.writes_back(family, BABY)


def _number_comes(family: Family) -> None:
    """機構 is asked for the child's 個人番号 and gives it; nobody at the counter does anything for it (番号法第7条第1項)."""
    world, clerk = family.world, family.world.clerk

    def card() -> str:
        family.open(clerk, BABY)
        return clerk.page.text

    outside.until(card, lambda text: "個人番号を機構に求めました" not in text)
    given = outside.received(world.city.counterpart("jlis_national"))["numbers"]
    expected = [each["individual_number"] for each in given if each["juminhyo_code"] == family.codes[BABY]]
    world.report.check("子の個人番号が機構から届く", expected, [clerk.reveal("個人番号")])
    world.tell("個人番号の指定", family.codes[BABY], family.paper("01_from_abroad").address_outside)


def third(family: Family) -> None:
    """A larger house; the grandmother comes."""
    world, paper, came = family.world, family.paper("04_relocation"), family.paper("05_grandmother")
    clerk = world.clerk
    clerk.receive(family.name(FATHER), "転居の届出")
    family.open(clerk, FATHER)
    household = clerk.page.fact("世帯番号")
    clerk.begin(paper)
    world.enter_and_register(clerk, paper, [family.codes[role] for role in (FATHER, MOTHER, CHILD, BABY)], "一家の転居")
    clerk.receive(family.name(GRANDMOTHER), "転入の届出")
    came = came.but_filed({"入る世帯の世帯番号": household})
    clerk.begin(came)
    world.enter_and_register(clerk, came, [family.codes[GRANDMOTHER]], "祖母の転入")
    family.learn(clerk, GRANDMOTHER)
    family.mend()
    for role, relationship in ((BABY, "子"), (GRANDMOTHER, "母")):
        say(family, role, Standing(RESIDENT, family.home, relationship, family.name(FATHER)))
    asking.learn(family, {GRANDMOTHER: ("母", family.name(FATHER))})
    asking.answered(family, GRANDMOTHER, ("母", family.name(FATHER)))
    departments.told(family, GRANDMOTHER, "住登者")
    everybody = [family.name(role) for role in (FATHER, MOTHER, CHILD, BABY, GRANDMOTHER)]
    family.open(clerk, FATHER)
    text = world.certificate(clerk, "世帯5人", f"decade_{papers.today().year}_household.pdf", ("続柄",), household=tuple(everybody))
    if text:
        world.report.check("世帯連記式に5人", everybody, [name for name in everybody if "".join(name.split()) in "".join(text.split())])
    shop.issues(family, MOTHER, "店舗で世帯全員の写し", everybody, kind=shop.HOUSEHOLD)
