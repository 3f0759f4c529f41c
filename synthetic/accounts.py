"""架空の職員 — made-up officers of the made-up city by duty, with their units and rights. No real person.

    python -m synthetic.accounts            (in the environment of one system: DAICHO_CONFIG, DJANGO_SETTINGS_MODULE)

`ACCOUNTS` says who there is; `make_accounts` gives each a password of this installation; `load` registers what is missing
through the staff room's own commands, so that running it again changes nothing. Where the system demands an authenticator,
`invite` gives everybody who has none a code to register one, which the demo's table shows.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

PASSWORD_FILE, CODE_FILE = "passwords.json", "enrolment_codes.json"
CODE_LIVES_HOURS = 8784  # a demo is left alone for weeks; a real city gives a code days
SINCE = date(2026, 4, 1)  # the beginning of the fiscal year in which the demo plays
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

UNITS = {"1201": "戸籍住民課", "1301": "保険年金課", "0105": "デジタル推進課"}

_COUNTER = ("residents:visit:open", "residents:person:search", "residents:person:read", "residents:history:read")
# What the whole 戸籍住民課 may do (std 10.3-07: by unit); the rest is given to persons.
UNIT_GRANTS = {"1201": (*_COUNTER, "residents:notice:read")}


@dataclass(frozen=True)
class MadeUpAccount:
    """One person's account in one system. `password` is empty until `make_accounts` gives one."""

    system: str
    login: str
    duty: str
    name: str
    kana: str
    employee_no: str
    unit_code: str
    grants: tuple[str, ...]
    password: str = ""


_PROTECTS = ("residents:block:set", "residents:block:lift", "residents:support:manage", "residents:support:read")
_CLERK = (
    "residents:filing:enter", "residents:note:write", "residents:survey:manage", "residents:move_out:ask", "residents:certificate:issue", "residents:wide_area:issue", "residents:number:search",
    "residents:issue:read", "residents:issue:dispose", "residents:double:decide", "residents:sheets:compare", "residents:principal_notice:manage",
    "residents:issue:correct", "residents:application:receive", "residents:fees:read", "residents:fees:close",
    "residents:paper:use", "residents:bulk:issue",
)  # fmt: skip
_ADMINISTRATOR = (
    "staff:account:read",
    "staff:account:create",
    "staff:account:change",
    "staff:password:reset",
    "staff:grant:revoke",
    "staff:terminal:register",
    "staff:policy:set",
    "outbox:line:reopen",
    "oversight:health:read",
    "jobs:job:run",
    "jobs:run:read",
    "numbering:series:read",
)
_DEVICES = ("staff:authenticator:read", "staff:authenticator:apply", "staff:authenticator:revoke")
_CITY = ("city:setting:read", "city:setting:enter", "city:office:register", "city:certifier:appoint", "city:dictionary:import")
_RESPONSIBLE = (
    "staff:account:read",
    "staff:grant:give",
    "city:setting:read",
    "city:setting:approve",
    "residents:notice:resend",
    "residents:notice:withdraw",
    "residents:audit:read",
    "residents:paper:use",
    "residents:paper:manage",
    "residents:bulk:approve",
    *_PROTECTS[2:],
)


def _notices(system: str) -> tuple[str, ...]:
    return tuple(f"{system}:notice:{action}" for action in ("read", "resend", "withdraw"))


_JUKI_NET = _notices("juki_net")
_OPERATOR = (
    *_JUKI_NET, "juki_net:search:by_juminhyo_code", "juki_net:search:by_individual_number", "juki_net:search:by_items", "juki_net:identity:read",
    "juki_net:identity:compare", "juki_net:number:reveal",
)  # fmt: skip
_CHUKAN = (
    "chukan:person:read", "chukan:withholding:set", "chukan:inquiry:read", "chukan:inquiry:decide", "chukan:provision:read", "chukan:replica:export",
)  # fmt: skip
_SECURITY = ("staff:account:read", "staff:grant:approve", "oversight:trail:read", "oversight:health:read")
_SERVICE = ("konbini:service:read", "konbini:service:stop", "konbini:service:reopen")
_ATENA = (
    "atena:person:search", "atena:person:read", "atena:number:reveal", "atena:double:read", "atena:double:decide", "atena:legal_use:read",
    "atena:legal_use:enter", "atena:inquiry:read",
)  # fmt: skip
_TRANSFERS_READ = ("transfers:notice:read", "transfers:grant:read", "transfers:record:read", "transfers:write_back:read")
_TRANSFERS = (
    *_TRANSFERS_READ,
    "transfers:notice:resend",
    "transfers:notice:withdraw",
    "transfers:grant:propose",
    "transfers:department:register",
    "transfers:person:read",
    "transfers:block:confirm",
)

ACCOUNTS: tuple[MadeUpAccount, ...] = (
    MadeUpAccount("residents", "m.sasaki", "窓口職員", "佐々木　美咲", "ササキ　ミサキ", "S10001", "1201", (*_CLERK, *_PROTECTS, "residents:number:reveal", "residents:renaming:manage")),
    MadeUpAccount("residents", "k.kudo", "窓口職員", "工藤　健太", "クドウ　ケンタ", "S10002", "1201", _CLERK),
    MadeUpAccount(
        "residents", "y.abe", "審査者", "阿部　由美子", "アベ　ユミコ", "S10003", "1201",
        ("residents:filing:examine", "residents:filing:register", "residents:number:reveal", "residents:certificate:issue", "residents:renaming:manage",
         *_PROTECTS[2:], "residents:double:decide", "residents:union:approve", "residents:application:receive", "residents:application:examine",
         "residents:fees:read", "residents:fees:close", "residents:paper:use", "residents:paper:manage"),
    ),
    MadeUpAccount("residents", "t.honma", "管理責任者", "本間　隆", "ホンマ　タカシ", "S10004", "1201", _RESPONSIBLE),
    MadeUpAccount("residents", "s.narita", "セキュリティ責任者", "成田　聡", "ナリタ　サトシ", "S10005", "0105", (*_SECURITY, "residents:audit:read")),
    MadeUpAccount("residents", "r.miura", "他課（保険年金課）照会者", "三浦　里奈", "ミウラ　リナ", "S10006", "1301", _COUNTER[:3]),
    MadeUpAccount("residents", "d.ishida", "システム管理者", "石田　大輔", "イシダ　ダイスケ", "S10007", "0105", (*_ADMINISTRATOR, *_CITY)),
    MadeUpAccount("residents", "a.murata", "番号連携担当（職員の登録だけ）", "村田　葵", "ムラタ　アオイ", "S10009", "0105", ()),
    MadeUpAccount("residents", "n.ogawa", "連携担当（職員の登録だけ）", "小川　直樹", "オガワ　ナオキ", "S10010", "1201", ()),
    MadeUpAccount("juki_net", "h.kikuchi", "住基ネット操作者", "菊地　洋", "キクチ　ヒロシ", "S10008", "1201", _OPERATOR),
    MadeUpAccount("juki_net", "s.narita", "セキュリティ責任者", "成田　聡", "ナリタ　サトシ", "S10005", "0105", (*_SECURITY, "staff:authenticator:read", "staff:authenticator:approve", "city:setting:read", "city:setting:approve", _JUKI_NET[0])),
    MadeUpAccount("juki_net", "d.ishida", "システム管理者", "石田　大輔", "イシダ　ダイスケ", "S10007", "0105", (*_ADMINISTRATOR, *_DEVICES, *_CITY, "staff:grant:give")),
    MadeUpAccount("chukan", "a.murata", "番号連携担当", "村田　葵", "ムラタ　アオイ", "S10009", "0105", (*_notices("chukan"), *_CHUKAN)),
    MadeUpAccount("atena", "a.murata", "番号連携担当", "村田　葵", "ムラタ　アオイ", "S10009", "0105", (*_notices("atena"), *_ATENA)),
    MadeUpAccount(
        "atena", "t.honma", "管理責任者", "本間　隆", "ホンマ　タカシ", "S10004", "1201",
        ("atena:legal_use:read", "atena:legal_use:approve", "atena:inquiry:read", "staff:account:read", "staff:grant:give"),
    ),
    MadeUpAccount(
        "konbini", "n.ogawa", "コンビニ交付担当", "小川　直樹", "オガワ　ナオキ", "S10010", "1201",
        (*_notices("konbini"), *_SERVICE, "konbini:answer:read", "konbini:person:read", "konbini:protected:read"),
    ),
    MadeUpAccount("konbini", "t.honma", "管理責任者", "本間　隆", "ホンマ　タカシ", "S10004", "1201", (*_SERVICE, "konbini:answer:read", "staff:account:read", "staff:grant:give")),
    MadeUpAccount("transfers", "n.ogawa", "庁内連携担当", "小川　直樹", "オガワ　ナオキ", "S10010", "1201", _TRANSFERS),
    MadeUpAccount("transfers", "t.honma", "管理責任者", "本間　隆", "ホンマ　タカシ", "S10004", "1201", (*_TRANSFERS_READ, "transfers:grant:approve", "staff:account:read", "staff:grant:give")),
    *(
        account
        for system in ("chukan", "atena", "konbini", "transfers")
        for account in (
            MadeUpAccount(system, "s.narita", "セキュリティ責任者", "成田　聡", "ナリタ　サトシ", "S10005", "0105", _SECURITY),
            MadeUpAccount(
                system, "d.ishida", "システム管理者", "石田　大輔", "イシダ　ダイスケ", "S10007", "0105",
                (*_ADMINISTRATOR, *_CITY, *(("staff:grant:give",) if system == "chukan" else ())),
            ),
        )
    ),
)  # fmt: skip


def make_accounts(password_of: Callable[[str], str]) -> tuple[MadeUpAccount, ...]:
    """The accounts with passwords; `password_of` is asked for "source/login": juki_net keeps its own staff, the others have one source (G-29)."""
    sources = {account.system: "juki_net" if account.system == "juki_net" else "residents" for account in ACCOUNTS}
    return tuple(replace(account, password=password_of(f"{sources[account.system]}/{account.login}")) for account in ACCOUNTS)


def kept_passwords(file: Path) -> Callable[[str], str]:
    """A `password_of` that makes a password once per installation and keeps it in `file` (mode 600), so that a table can show it."""
    known = kept(file)

    def password_of(key: str) -> str:
        if key not in known:
            known[key] = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
            _keep(file, known)
        return known[key]

    return password_of


def kept(file: Path) -> dict[str, str]:
    """What was kept in `file` for a table to show: by "system/login"."""
    return dict(json.loads(file.read_text("utf-8"))) if file.is_file() else {}


def _keep(file: Path, known: dict[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump(known, out, ensure_ascii=False, indent=1)
    partial.replace(file)


@dataclass(frozen=True)
class LoadReport:
    """What `load` did; `unknown` are permissions that no room of this system has registered, and that were not granted."""

    created: int
    granted: int
    unknown: tuple[str, ...]


def load(accounts: Iterable[MadeUpAccount]) -> LoadReport:
    """Register units, accounts and grants of this process's system that are not there yet. Refused in production. Needs Django."""
    from django.conf import settings
    from django.db import transaction

    from daicho.audit.actor import Actor
    from daicho.staff import commands, permissions
    from daicho.staff.permissions import Permission
    from daicho.staff.queries import find_account

    if settings.INSTALLATION.environment == "production":
        raise RuntimeError("made-up accounts are not registered in production")
    actor = Actor.system("demo", *Permission)
    mine = [account for account in accounts if account.system == settings.DAICHO.name]
    created = granted = 0
    unknown: set[str] = set()
    with transaction.atomic():
        for code in sorted({account.unit_code for account in mine}):
            commands.register_unit(actor, code=code, name=UNITS[code], valid_from=SINCE)
        wanted: list[tuple[str, str, str]] = [("", code, name) for code, names in UNIT_GRANTS.items() for name in names]
        for each in mine:
            if find_account(each.login) is None:
                commands.create_account(
                    actor, login=each.login, name=each.name, kana=each.kana, employee_no=each.employee_no, unit_code=each.unit_code,
                    password=each.password, valid_from=SINCE, must_change=False,
                )  # fmt: skip
                created += 1
            wanted += [(each.login, "", name) for name in each.grants]
        for login, unit_code, name in wanted:
            if not permissions.is_registered(name):
                unknown.add(name)
            elif _grant_once(actor, login, unit_code, name):
                granted += 1
    foreign = {name for name in unknown if name.split(":")[0] not in (settings.DAICHO.name, "staff", "city", "outbox", "oversight", "jobs", "numbering")}
    return LoadReport(created, granted, tuple(sorted(unknown - foreign)))


def _grant_once(actor: object, login: str, unit_code: str, name: str) -> bool:
    from daicho.audit.actor import Actor
    from daicho.staff import commands
    from daicho.staff.models import Grant
    from daicho.staff.queries import find_account

    assert isinstance(actor, Actor)
    account = find_account(login) if login else None
    if Grant.objects.filter(account=account, unit_code=unit_code, permission=name).exists():
        return False
    row = commands.grant(actor, name, account=account, unit_code=unit_code, valid_from=SINCE, reason="架空の市の初期設定")
    commands.approve_grant(actor, row.pk)
    return True


def invite(accounts: Iterable[MadeUpAccount], file: Path) -> int:
    """Give everybody of this process's system who has neither an authenticator nor a code yet a code, kept in `file` (mode 600). Needs Django.

    Returns how many. Nobody is invited where the system demands no authenticator.
    """
    from django.conf import settings
    from django.db import transaction

    from daicho.audit.actor import Actor
    from daicho.staff import commands
    from daicho.staff.models import AccessPolicy
    from daicho.staff.permissions import Permission
    from daicho.staff.ports import second_factor
    from daicho.staff.queries import holders

    if second_factor() is None:
        return 0
    actor, known = Actor.system("demo", *Permission), kept(file)
    mine = {account.login for account in accounts if account.system == settings.DAICHO.name}
    waiting = [each.account for each in holders(actor) if each.account.login in mine and not each.authenticators and each.enrolment is None]
    with transaction.atomic():
        if not AccessPolicy.objects.exists():
            commands.set_policy(actor, valid_from=SINCE, enrolment_hours=CODE_LIVES_HOURS)
        for account in waiting:
            row = commands.apply_for_enrolment(actor, account, reason="架空の市の初期設定")
            known[f"{settings.DAICHO.name}/{account.login}"] = commands.approve_enrolment(actor, row.pk)
        _keep(file, known)
    return len(waiting)


def main() -> int:
    import django
    from django.conf import settings

    django.setup()
    folder = Path(settings.INSTALLATION.var_dir)
    accounts = make_accounts(kept_passwords(folder / PASSWORD_FILE))
    report = load(accounts)
    invite(accounts, folder / CODE_FILE)
    print(f"{settings.DAICHO.name}: {report.created} made-up accounts registered, {report.granted} rights granted")
    if report.unknown:
        print(f"not granted, because no room registered them: {', '.join(report.unknown)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
