"""本番の子 — one screens process as in production: an officer signs in through the proxy that ends TLS. Run by test_production.py.

Prints, as JSON, what came back for each origin; the terminal is registered already.
"""

import json

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402

from daicho.staff.screens import terminal_cookie  # noqa: E402
from tests.staff.people import PASSWORD, account  # noqa: E402

HOST = "juki.example.lg.jp"


def attempt(origin: str, **headers: str) -> dict[str, object]:
    client, marked = Client(enforce_csrf_checks=True), HttpResponse()
    terminal_cookie.mark(marked, "H01")
    client.cookies.update(marked.cookies)
    page = client.get("/sign-in/", headers={"Host": HOST, **headers})
    token = client.cookies[settings.CSRF_COOKIE_NAME].value if settings.CSRF_COOKIE_NAME in client.cookies else ""
    sent = {"login": "h.otaru", "password": PASSWORD, "csrfmiddlewaretoken": token}
    answer = client.post("/sign-in/", sent, headers={"Host": HOST, "Origin": origin, **headers})
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return {
        "page": page.status_code,
        "hsts": page.headers.get("Strict-Transport-Security", ""),
        "answer": answer.status_code,
        "to": answer.headers.get("Location", ""),
        "secure": bool(cookie and cookie["secure"]),
    }


if __name__ == "__main__":
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    call_command("collectstatic", interactive=False, verbosity=0)
    account()
    through = {"X-Forwarded-Proto": "https"}
    print(
        json.dumps(
            {
                "proxy": attempt(f"https://{HOST}", **through),
                "rewriting proxy": attempt(f"https://{HOST}", **through, Host="127.0.0.1"),
                "elsewhere": attempt("https://evil.example", **through),
                "plain": attempt(f"http://{HOST}"),
            }
        )
    )
