"""検索の実行 — daicho's own search, in a process of one city's environment: as the screens call it, with the record of the reading committed.

`python -m bench.found_by_daicho`: a query (JSON: what the form holds) for each line of standard input; whom it found and its seconds come back.
"""

from __future__ import annotations

import json
import sys
import time


def main() -> int:
    from daicho.site.process import enter

    enter("residents")
    from daicho.audit.actor import Actor
    from daicho.residents.permissions import Permission
    from daicho.residents.queries.search import search
    from daicho.residents.rules.search_keys import SearchForm, read_search

    officer = Actor(1, "bench", "計測　係", "1201", "戸籍住民課", "", "", frozenset({str(Permission.PERSON_SEARCH)}), visit_no="1")
    for line in sys.stdin:
        began = time.perf_counter()
        keys, problems = read_search(SearchForm(**json.loads(line)))
        found = None if problems else search(officer, keys)
        seconds = time.perf_counter() - began
        hits = [hit.atena_no for hit in found.hits] if found else []
        print(json.dumps({"found": hits, "seconds": seconds, "perhaps": bool(found and found.perhaps)}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
