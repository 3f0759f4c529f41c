"""試験の検索 — an operator at work in juki_net, the search as the form sends it, and what the trail says of it. F-2-03."""

import re
import uuid
from dataclasses import replace

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from daicho import vault
from daicho.juki_net.models import IdentityRecord
from daicho.juki_net.permissions import JukiNetPermission
from daicho.staff.queries import TOKEN_KEY
from daicho.staff.screens import terminal_cookie
from tests.contracts.juki_samples import CODE, MOVE_IN
from tests.staff.people import COUNTER_1, account, at_work, give

P = JukiNetPermission
ALL = (P.SEARCH_BY_CODE, P.SEARCH_BY_NUMBER, P.SEARCH_BY_ITEMS, P.IDENTITY_READ, P.NUMBER_REVEAL, P.IDENTITY_COMPARE)
CASE = {"purpose": "move_in", "case_no": "R8-0001", "reason": ""}
TEXT = "転入届の審査（特例転入を含む）（番号R8-0001）"
HANAKO = replace(MOVE_IN, birth_date="S60-04-01", birth_date_juki="19850401")


def signed_in(*permissions: str) -> Client:
    account()
    for permission in permissions:
        give(permission, login="h.otaru")
    client, marked = Client(), HttpResponse()
    session = client.session
    session[TOKEN_KEY] = at_work()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    terminal_cookie.mark(marked, COUNTER_1.code)
    client.cookies[terminal_cookie.cookie_name()] = marked.cookies[terminal_cookie.cookie_name()].value
    return client


def search(client: Client, **typed: str) -> HttpResponse:
    return client.post("/identity/found/", {**CASE, "sex": "any", **typed})


def names(answer: HttpResponse) -> list[str]:
    return re.findall(r'<th scope="row">.*?<span class="name-glyph"[^>]*>([^<]+)</span>', answer.content.decode())


def subjects_of(action: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(subjects) FROM audit_entry WHERE action = %s ORDER BY id", [str(action)])
        return [count for (count,) in cursor.fetchall()]


def purposes(action: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT purpose FROM audit_entry WHERE action = %s ORDER BY id", [str(action)])
        return [purpose for (purpose,) in cursor.fetchall()]


def public_id(code: str = CODE) -> uuid.UUID:
    return IdentityRecord.objects.get(juminhyo_code_ref=vault.find(vault.NumberKind.JUMINHYO_CODE, code)).public_id
