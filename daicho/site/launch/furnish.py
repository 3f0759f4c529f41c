"""見本の市の備え — what one system of a demo city has before its people: offices, terminals, towns, made-up officers, their first decisions.

`python -m daicho.site.launch.furnish`, in the environment of one system. Doing it again changes nothing.
"""

from __future__ import annotations

import os
import sys

from daicho.site.process import enter


def main() -> int:
    enter(os.environ["DAICHO_SYSTEM"])
    from daicho.city import demo as city

    city.fill()
    try:
        from synthetic import accounts
    except ModuleNotFoundError:
        print("this copy has no synthetic.accounts: nobody can sign in", file=sys.stderr)
        return 0
    code = accounts.main()
    if os.environ["DAICHO_SYSTEM"] == "transfers":
        from synthetic import grants

        print(f"transfers: {grants.load()} grants approved by two made-up officers")
    return code


if __name__ == "__main__":
    sys.exit(main())
