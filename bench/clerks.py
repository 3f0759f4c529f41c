"""計測の職員 — fifty made-up clerks of the bench, registered in one city by the staff room's own commands; `python -m bench.clerks`, in its environment.

Their password comes on standard input.
"""

from __future__ import annotations

import os
import sys
from itertools import product

CLERKS = 50


def login(number: int) -> str:
    return f"bench{number:02}"


def main() -> int:
    from daicho.site.process import enter

    enter(os.environ["DAICHO_SYSTEM"])
    from synthetic.accounts import ACCOUNTS, MadeUpAccount, load

    password, [model] = sys.stdin.readline().strip(), [account for account in ACCOUNTS if account.login == "k.kudo"]
    names = list(product("甲乙丙丁戊己庚辛", repeat=2))
    fifty = [
        MadeUpAccount("residents", login(n), model.duty, f"計測　{''.join(names[n])}", "ケイソク　アラタ", f"B{n:05}", model.unit_code, model.grants, password)
        for n in range(CLERKS)
    ]
    load(fifty)
    return 0


if __name__ == "__main__":
    sys.exit(main())
