"""見分けがつかない — two answers that say the same: of somebody whom the officer may not know, and of somebody who is not there. domain §7."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from django.http import HttpResponse

# What is another at every request, whoever is asked for: the form's token, the nonce of scripts, the request's own id, the time of drawing.
_FRESH = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=nonce=")[^"]+|\b[0-9A-Za-z]{64}\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|(?<=<code>)[0-9a-f]{12}'
)


def same_page(answers: Sequence[tuple[HttpResponse, str]], status: int | None = None) -> None:
    """Each answer with what was asked for: number, word or address. Status, place of forwarding and body are equal but for that."""
    seen = [_seen(answer, asked) for answer, asked in answers]
    if status is not None:
        assert seen[0][0] == status
    assert [one[:2] for one in seen] == [seen[0][:2]] * len(seen)
    for one in seen[1:]:
        assert one[2] == seen[0][2], "\n".join(difflib.unified_diff(seen[0][2].splitlines(), one[2].splitlines(), lineterm="", n=0))


def _seen(answer: HttpResponse, asked: str) -> tuple[int, str, str]:
    def plain(text: str) -> str:
        return _FRESH.sub("…", text.replace(asked, "…"))

    return answer.status_code, plain(answer.headers.get("Location", "")), plain(answer.content.decode())


def statements(captured: Sequence[dict[str, str]], asked: str) -> list[str]:
    """The shapes of the statements that one answer took: without values, which are another's for everybody."""
    return [re.sub(r"'[^']*'|[0-9]+|\"s[0-9_x]+\"", "…", query["sql"].replace(asked, "…")) for query in captured]
