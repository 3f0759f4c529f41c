"""窓口の過程 — the counter of a town in a process of its own, as the web role: takes one JSON command a line, answers with one.

`python -m tests.journeys.crossing.counter_process`, with DAICHO_CONFIG and DAICHO_SYSTEM=residents. Kept up between the events, and forked
anew after a kill (forks.py), because starting Django takes longer than registering a family.
"""

from __future__ import annotations

import json
from uuid import UUID


def move_in(first: int, people: int, date: str) -> list[str]:
    """転入 of a made-up household, to 本登録; the public ids."""
    return [str(one.person.public_id) for one in _steps().register("domestic_move_in", _form(first, people, date))]


def born(first: int, date: str) -> str:
    """A household moves in and has a child, with a 住民票コード of the stock; the child's public id."""
    from tests.residents.test_birth import CHILD

    steps = _steps()
    steps.stock(first)
    home = steps.register("domestic_move_in", _form(first, 2, date))[0].entries.household_no
    return str(steps.register("birth", steps.birth_form(home, [CHILD], effective_on=date, filed_on=date))[0].person.public_id)


def relocate(people: list[str], address: str, date: str) -> list[str]:
    steps = _steps()
    form = steps.relocation_form([UUID(person) for person in people], address=address, effective_on=date, filed_on=date)
    return [str(one.person.public_id) for one in steps.register("relocation", form)]


def examined_move_in(first: int, people: int, date: str) -> str:
    """転入 of a made-up household, up to 照合; the filing's public id."""
    from daicho.residents.commands import filings
    from tests.cast import EXAMINER

    filing = _steps().enter("domestic_move_in", _form(first, people, date))
    filings.examine(EXAMINER, filing)
    return str(filing)


def register(filing: str) -> dict[str, object]:
    """本登録; who was registered, or the refusal that the officer reads."""
    from daicho.residents.commands import registering
    from daicho.residents.errors import CannotDo
    from tests.cast import EXAMINER

    try:
        return {"people": [str(one.person.public_id) for one in registering.register(EXAMINER, UUID(filing))]}
    except CannotDo as refused:
        return {"refusal": refused.message}


def go_on(after: int, first: int, people: int, date: str) -> list[str]:
    """What an officer does after a breakdown: takes up the filing that came after no. `after` where it stands, or begins."""
    from daicho.residents.commands import filings, registering
    from daicho.residents.models import Filing
    from tests.cast import CLERK, EXAMINER

    row = Filing.objects.filter(id__gt=after).first()
    if row is None:
        return move_in(first, people, date)
    if row.state == "draft":
        form = _form(first, people, date)
        problems = filings.judge(filings.definition_of(row.code), form, row.visit).problems
        assert not [problem for problem in problems if problem.blocks]
        filings.enter(CLERK, row.public_id, form, {problem.key: "確認した" for problem in problems})
        row.refresh_from_db()
    if row.state == "entered":
        filings.examine(EXAMINER, row.public_id)
        row.refresh_from_db()
    if row.state == "examined":
        registering.register(EXAMINER, row.public_id)
    return []


def _form(first: int, people: int, date: str):
    roles = [household_member(first, no) for no in range(people)]
    return _steps().move_in_form(roles, address=f"花園2丁目{first}番1号", effective_on=date, filed_on=date)


def household_member(first: int, no: int):
    """The `no`-th of a household whose numbers begin at `first`: a head and children."""
    from tests.cast import Role

    birth, relationship = ("昭和55年3月9日", "世帯主") if no == 0 else (f"平成{20 + no}年4月2日", "子")
    return Role(first + no, "小樽\u3000太郎", "オタル\u3000タロウ", birth, "1", relationship)


def _steps():
    from tests.residents import counter

    return counter


def main() -> None:
    import django

    django.setup()
    import daicho.outbox.books
    import daicho.site.cli  # noqa: F401
    import tests.residents.test_birth  # noqa: F401, so that no fork loads them
    from tests.journeys.crossing import forks

    _steps()
    commands = {one.__name__: one for one in (move_in, born, relocate, examined_move_in, register, go_on)}
    print(json.dumps("ready"), flush=True)
    forks.serve(commands)


if __name__ == "__main__":
    main()
