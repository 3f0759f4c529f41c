"""試験の区分 — which folder of tests needs what: nothing but Python, juki_net's settings, or both systems'. 設計8章."""

# No Django, no database.
PURE = ("tests/values", "tests/rules", "tests/contracts", "tests/certificates", "tests/scenarios")
# Under the settings of juki_net; every other folder runs under those of residents.
JUKI_NET = ("tests/juki_net",)
# Under both.
TWICE = ("tests/architecture", "tests/site", "tests/audit", "tests/vault", "tests/outbox")
