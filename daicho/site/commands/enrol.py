"""認証器の登録コード — `daicho enrol LOGIN`: the code with which an officer registers an authenticator, by two officers who answer for it. F-2-08.

For the first administrators of a system, who have none yet and so cannot open its screens, and for those who have lost theirs.
"""

from __future__ import annotations

import argparse
import sys

NAME = "enrol"
HELP = "give an officer the one-time code to register an authenticator; two others answer for it, and it stands in the trail"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("login", help="the officer who will register an authenticator")
    parser.add_argument("--system", default="juki_net")
    parser.add_argument("--as", dest="applicant", required=True, help="the officer who applies; needs staff:authenticator:apply")
    parser.add_argument("--approved-by", dest="approver", required=True, help="another officer; needs staff:authenticator:approve")
    parser.add_argument("--reason", required=True, help="it stays in the trail")


def run(chosen: argparse.Namespace) -> int:
    from daicho.site import process

    process.enter(chosen.system)
    from daicho import audit, clock
    from daicho.site.officers import officer
    from daicho.staff import commands
    from daicho.staff.errors import StaffRefused
    from daicho.staff.models import Enrolment
    from daicho.staff.queries import find_account

    try:
        account = find_account(chosen.login)
        if account is None:
            raise LookupError(f"no account {chosen.login}")
        row = commands.apply_for_enrolment(officer(chosen.applicant), account, reason=chosen.reason)
        code = commands.approve_enrolment(officer(chosen.approver), row.pk)
    except StaffRefused as refused:
        print("\n".join(problem.message for problem in refused.problems), file=sys.stderr)
        return 1
    except (audit.Refused, LookupError) as error:
        print(f"no code given: {error}", file=sys.stderr)
        return 1
    until = Enrolment.objects.values_list("expires_at", flat=True).get(pk=row.pk)
    assert until is not None  # by the approval
    print(f"{code}  (once, until {clock.jst(until):%Y-%m-%d %H:%M})")
    return 0
