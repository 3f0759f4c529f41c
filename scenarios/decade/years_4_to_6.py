"""4年目から6年目 — a household parts, grows and becomes one again; the grandmother dies. 住民基本台帳法第8条, 第25条; 令第25条."""

from __future__ import annotations

from scenarios.decade import departments, shop
from scenarios.decade.family import BABY, CHILD, FATHER, GRANDMOTHER, Family
from scenarios.decade.rooms import DEAD, RESIDENT, Standing, say


def fourth(family: Family) -> None:
    """世帯分離: the grandmother is the head of a household of her own in the same house."""
    world, paper = family.world, family.paper("06_split")
    clerk = world.clerk
    clerk.receive(family.name(GRANDMOTHER), "世帯分離の届出")
    family.open(clerk, GRANDMOTHER)
    clerk.begin(paper)
    world.enter_and_register(clerk, paper, [], "祖母が世帯を分ける")
    family.mend()
    say(family, GRANDMOTHER, Standing(RESIDENT, family.home, "世帯主", family.name(GRANDMOTHER)))
    say(family, BABY, Standing(RESIDENT, family.home, "子", family.name(FATHER)))
    shop.issues(family, FATHER, "店舗で父の世帯の写し", [family.name(FATHER)], kind=shop.HOUSEHOLD)


def fifth(family: Family) -> None:
    """世帯変更: the child goes over to the grandmother's household."""
    world = family.world
    clerk = world.clerk
    clerk.receive(family.name(FATHER), "世帯変更の届出")
    family.open(clerk, GRANDMOTHER)
    paper = family.paper("07_change").but_filed({"入る世帯の世帯番号": clerk.page.fact("世帯番号")})
    family.open(clerk, CHILD)
    clerk.begin(paper)
    world.enter_and_register(clerk, paper, [], "子が祖母の世帯へ")
    family.mend()
    say(family, CHILD, Standing(RESIDENT, family.home, "子の子", family.name(GRANDMOTHER)))


def sixth(family: Family) -> None:
    """The grandmother dies. Who is left alone becomes 世帯主 ex officio; then both households are one again."""
    world, paper = family.world, family.paper("08_grandmother_dies")
    clerk, report = world.clerk, world.report
    clerk.receive(family.name(FATHER), "死亡届")
    family.open(clerk, GRANDMOTHER)
    clerk.begin(paper)
    world.enter_and_register(clerk, paper, [], "祖母の死亡")
    world.tell("死亡", family.codes[GRANDMOTHER], family.home)
    family.mend()
    family.open(clerk, CHILD)
    report.check("一人残った子は職権で世帯主", "世帯主", clerk.page.fact("続柄"))
    say(family, GRANDMOTHER, Standing(DEAD, family.home, "", ""))
    say(family, CHILD, Standing(RESIDENT, family.home, "世帯主", family.name(CHILD)))
    departments.told(family, GRANDMOTHER, "対象外")
    shop.refuses(family, GRANDMOTHER, "亡くなった人のカードは断る", "K04")
    family.open(clerk, FATHER)
    merged = family.paper("09_merge").but_filed({"入る世帯の世帯番号": clerk.page.fact("世帯番号")})
    clerk.receive(family.name(CHILD), "世帯合併の届出")
    family.open(clerk, CHILD)
    clerk.begin(merged)
    world.enter_and_register(clerk, merged, [], "世帯の合併")
    say(family, CHILD, Standing(RESIDENT, family.home, "子", family.name(FATHER)))
