"""見本の市の備え — what one system of a demo city has before its people: offices, terminals, towns, made-up officers, their first decisions.

`python -m daicho.site.launch.furnish`, in the environment of one system. Doing it again changes nothing.
"""

from __future__ import annotations

import os
import sys
from datetime import date

from daicho.site.process import enter


def main() -> int:
    enter(os.environ["DAICHO_SYSTEM"])
    from daicho.city import demo as city

    city.fill()
    if os.environ["DAICHO_SYSTEM"] == "atena":
        _fill_legal_uses()
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


def _fill_legal_uses() -> None:
    """The departments and affairs that may use 個人番号, as the city's assessment names them, by two names (番号法第9条第1項 別表; S4-06)."""
    from daicho.atena.commands import UseForm, load_uses
    from daicho.atena.models import LegalUseEntry
    from daicho.atena.permissions import AtenaPermission
    from daicho.audit.actor import Actor
    from daicho.city.demo import legal_uses

    if LegalUseEntry.objects.exists():
        return
    forms = [UseForm(**{**row, "valid_from": date.fromisoformat(row["valid_from"])}, allowed=True, reason="評価書の移転先") for row in legal_uses()]
    load_uses(Actor.system("demo.enterer", AtenaPermission.LEGAL_USE_ENTER), Actor.system("demo.approver", AtenaPermission.LEGAL_USE_APPROVE), forms)


if __name__ == "__main__":
    sys.exit(main())
