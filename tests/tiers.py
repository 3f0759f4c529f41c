"""試験の区分 — which folder of tests needs what: nothing but Python, one system's settings, or every system's. 設計8章."""

import os

from daicho.site.launch.bootstrap import PAIRS

# No Django, no database.
PURE = ("tests/values", "tests/rules", "tests/law", "tests/contracts", "tests/certificates", "tests/scenarios")
# A room's own folder runs under its own settings; every other folder under those of residents.
OWN = {f"tests/{system}": system for system in PAIRS}
# What every system must keep to, whichever rooms it has: its tables, roles and routes. (The rest of the house is read once.)
EVERYWHERE = tuple(f"tests/architecture/test_{name}.py" for name in ("models", "roles", "routes", "no_linkage_codes", "every_job", "acts", "exits"))

# For tests marked `browser`, the first that there is. All are Chromium; without the parts of a window around the page it computes a third less.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

# `make check` goes the whole way (more lives, later passings of each crash point); `make test` keeps to its 20 minutes.
THOROUGH = os.environ.get("DAICHO_THOROUGH") == "1"
