"""世帯員の並び順の印字 — each rule of the standard from the 転入届, in an order of its own, to what poppler reads on the paper. 標準5.2 (N-5.2-*)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest

from daicho.certificates.request import CertificateRequest, Requester
from daicho.city.models import Certifier
from daicho.residents.commands import certificates
from tests.cast import CLERK, Role
from tests.paper.tools import text_of
from tests.residents.counter import move_in_form, register, visit

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Who:
    """One of a household: 続柄, year of birth, sex, and the 筆頭者 of their 戸籍 (none = the household's)."""

    name: str
    relationship: str
    born: int
    sex: str = "1"
    register: str = "世帯　主"

    def role(self, index: int) -> Role:
        texts = {"family_register_head_name": self.register, "registered_domicile": f"北海道小樽市花園二丁目{len(self.register)}番地"}
        return Role(index, self.name, "ナマエ", f"{self.born}年4月2日", self.sex, self.relationship, texts)


HEAD = Who("世帯　主", "世帯主", 1960)


def printed(tmp_path, *on_the_form: Who) -> list[str]:
    """転入 of these, in this order, into a new household; the names of the paper of all of them, from the top."""
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))
    people = [who.role(index) for index, who in enumerate(on_the_form, 101)]
    written = register("domestic_move_in", move_in_form(people))
    wanted = certificates.Wanted("juminhyo_household", written[0].person.public_id)
    issued = certificates.issue(CLERK, visit(), wanted, CertificateRequest(date(2026, 4, 10), Requester.SELF), "本人の申請")
    return re.findall(r"^氏名 (.+?) 性別", text_of(issued.pdf, tmp_path, "-raw"), re.MULTILINE)


STANDARDS_EXAMPLE = (
    HEAD, Who("妻", "妻", 1958, "2"), Who("長女", "子", 1990, "2"), Who("長男", "子", 1985, "1", "長男"), Who("長男の妻", "子の妻", 1986, "2", "長男"),
    Who("長男の子", "子の子", 2012, "1", "長男"), Who("父", "父", 1935, "1", "父"), Who("妻の母", "妻の母", 1933, "2", "妻の母"),
    Who("縁故者", "縁故者", 1960, "1", "縁故者"), Who("同居人", "同居人", 1930, "1", "同居人"),
)  # fmt: skip
RULES = {
    "N-5.2-01": STANDARDS_EXAMPLE,
    "N-5.2-06": (HEAD, Who("妻", "妻", 1950, "2"), Who("上の子", "子", 1990), Who("下の子", "子", 1992)),
    "N-5.2-08": (HEAD, Who("次男", "子", 1990), Who("長男", "子", 1985), Who("長男の妻", "子の妻（未届）", 1986, "2", "長男の妻")),
    "N-5.2-09": (
        HEAD, Who("長男", "子", 1985, "1", "長男"), Who("長男の妻", "子の妻", 1990, "2", "長男"), Who("長男の子", "子の子", 2015, "1", "長男"),
        Who("次男", "子", 1987, "1", "次男"), Who("次男の妻", "子の妻", 1980, "2", "次男"), Who("次男の子", "子の子", 2010, "2", "次男"),
    ),
    "N-5.2-10": (HEAD, Who("長男", "子", 1985, "1", "長男"), Who("長男の妻", "子の妻", 1980, "2", "長男"), Who("孫", "子の子", 2012, "1", "長男")),
    "N-5.2-12": (HEAD, Who("父", "父", 1935, "1", "父"), Who("弟", "弟", 1965), Who("祖母", "父の母", 1915, "2", "祖母")),
    "N-5.2-13 筆頭者": (HEAD, Who("母", "母", 1938, "2", "母"), Who("父", "父", 1935, "1", "母")),
    "N-5.2-13 どちらも筆頭者でない": (HEAD, Who("父", "父", 1935, "1", "別の人"), Who("母", "母", 1938, "2", "別の人")),
    "N-5.2-15 筆頭者": (HEAD, Who("祖母", "父の母", 1915, "2", "祖母"), Who("祖父", "父の父", 1910, "1", "祖母")),
    "N-5.2-15 どちらも筆頭者でない": (HEAD, Who("祖父", "父の父", 1910, "1", "別の人"), Who("祖母", "父の母", 1915, "2", "別の人")),
    "N-5.2-16": (HEAD, Who("妻の弟", "妻の弟", 1975), Who("縁故者", "縁故者", 1950, "1", "縁故者"), Who("同居人", "同居人", 1930, "1", "同居人")),
    "N-5.2-20": (
        HEAD, Who("弟", "弟", 1965), Who("妻の母", "妻の母", 1938, "2", "妻の母"), Who("妻の父", "妻の父", 1935, "1", "妻の母"),
        Who("妻の妹", "妻の妹", 1968, "2", "妻の母"), Who("妻の祖母", "妻の父の母", 1912, "2", "妻の祖母"),
    ),
    "N-5.2-21": (HEAD, Who("妻の兄", "妻の兄", 1955), Who("妻の弟", "妻の弟", 1965)),
    "N-5.2-24": (
        HEAD, Who("妻の兄", "妻の兄", 1970, "1", "妻の兄"), Who("妻の兄の妻", "妻の兄の妻", 1971, "2", "妻の兄"), Who("妻の兄の子", "妻の兄の子", 2000, "1", "妻の兄"),
        Who("いとこ", "父の兄の子", 1945, "1", "いとこ"), Who("いとこの妻", "父の兄の子の妻", 1946, "2", "いとこ"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("people", RULES.values(), ids=RULES)
def test_届書にどう並んでいても規則の順に印字される(tmp_path, people: tuple[Who, ...]):
    """N-5.2-01, -06, -08, -09, -10, -12, -13, -15, -16, -20, -21, -24: written down backwards, the head first (it is their 届出)."""
    head, *others = people
    assert printed(tmp_path, head, *reversed(others)) == [who.name.replace("　", " ") for who in people]


def twins(relationship: str, born: int, register: str = "世帯　主") -> tuple[Who, Who]:
    return Who("双子あ", relationship, born, "1", register), Who("双子い", relationship, born, "2", register)


BY_NUMBER = {
    "N-5.2-07": ((HEAD, Who("上の子", "子", 1985)), twins("子", 1990)),
    "N-5.2-11": ((HEAD, Who("長男", "子", 1980, "1", "長男"), Who("上の孫", "子の子", 2005, "1", "長男")), twins("子の子", 2010, "長男")),
    "N-5.2-14": ((HEAD, Who("妹", "妹", 1961, "2")), (Who("双子あ", "弟", 1965), Who("双子い", "弟", 1965))),
    "N-5.2-17": ((HEAD, Who("年長", "父の兄の子", 1940, "1", "いとこ")), twins("父の兄の子", 1950, "いとこ")),
    "N-5.2-18": ((HEAD, Who("年長", "縁故者", 1940, "1", "甲")), (Who("双子あ", "縁故者", 1950, "1", "乙"), Who("双子い", "縁故者", 1950, "1", "丙"))),
    "N-5.2-19": ((HEAD, Who("年長", "同居人", 1940, "1", "甲")), (Who("双子あ", "同居人", 1950, "1", "乙"), Who("双子い", "同居人", 1950, "1", "丙"))),
    "N-5.2-22": ((HEAD,), (Who("双子あ", "妻の兄", 1955), Who("双子い", "妻の姉", 1955, "2"))),
}


@pytest.mark.parametrize("exchanged", [False, True], ids=["届書の順", "番号を入れ替えて"])
@pytest.mark.parametrize(("elders", "pair"), BY_NUMBER.values(), ids=BY_NUMBER)
def test_生年月日が同じ者は宛名番号の順に印字される(tmp_path, elders: tuple[Who, ...], pair: tuple[Who, Who], exchanged: bool):
    """N-5.2-07, -11, -14, -17, -18, -19, -22: newcomers get their numbers in the order of the form, whatever the sex."""
    first, second = reversed(pair) if exchanged else pair
    head, *others = elders
    assert printed(tmp_path, head, first, second, *others) == [who.name.replace("　", " ") for who in (*elders, first, second)]
