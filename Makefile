# 台帳 daicho. `make` alone lists what there is to make.
SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: help setup font demo day test check bench bench-signing bench-search bench-round-trip soak screens format clean

PYTHON ?= python3.11
VENV := .venv
RUN := $(VENV)/bin/python
SIZE ?= 10000
RESET ?=
EVENTS ?= 1000000
RUNS ?= 10000000
PAPERS ?= 100000
SEED ?= 0
FONTS ?= var/fonts

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The stamp holds the digests of what was installed: a changed lock or package list installs anew.
INSTALLED := $(VENV)/installed
$(INSTALLED): requirements.lock pyproject.toml
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV) || { echo "Python 3.11 or newer with its venv module is needed; name it with PYTHON=" >&2; exit 1; }
	@$(RUN) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with PYTHON=, and remove $(VENV)" >&2; exit 1; }
	@echo "installing the locked dependencies (hashes checked) …"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.lock
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
	@touch $@

setup: $(INSTALLED) font ## virtual environment, locked dependencies, the certificate's font

font: $(INSTALLED) ## the certificate's font and its glyphs for screens (without it, certificates are refused by name)
	@test -f $(FONTS)/web/names.css || { \
	  $(RUN) -m daicho.paper.font_setup $(FONTS) && $(RUN) -m daicho.paper.web_fonts $(FONTS) $(FONTS)/web; } || test $$? -eq 3

demo: setup ## a made-up city on this machine (SIZE= residents, RESET=1 begins anew); Ctrl-C ends it
	@exec $(RUN) -m daicho.site.cli up --folder var/demo --size $(SIZE) $(if $(RESET),--reset)

day: setup ## an outsider plays a day's stories and a family's ten years, twice, over HTTP in a throwaway city; exit 1 if anything is wrong
	@exec $(RUN) -m scenarios --folder var/day

test: setup ## every test, in at most 20 minutes on two cores (ALLOW_MISSING=browser,font,… names what may be absent)
	@exec $(RUN) -m tests.run

check: setup ## test, and format, types, import contracts, PostgreSQL 15
	@exec $(RUN) -m tests.run --check

screens: setup ## a picture of every screen and document into var/screens/, for people to look at
	@exec $(RUN) -m tests.journeys.browser.screens

bench: setup ## what the counter's work takes, beside its floor, in cities of 10,000 and 100,000; writes bench/RESULTS.md (FRESH=1 loads anew)
	@exec $(RUN) -m bench $(if $(FRESH),--fresh)

bench-signing: setup ## what a copy takes, printed and signed, beside two other engines; writes bench/SIGNING.md
	@exec $(RUN) -m bench.signing

bench-search: setup ## who is found first of bench/queries.csv, by daicho and beside it, in cities of SIZES= (100000,1000000); writes bench/SEARCH.md
	@exec $(RUN) -m bench.search $(if $(SIZES),--sizes $(SIZES)) $(if $(FRESH),--fresh)

bench-round-trip: setup ## a city of SIZE= residents written out and taken into an empty one; exit 1 at a difference
	@exec $(RUN) -m bench.round_trip $(if $(SIZE),--size $(SIZE))

soak: setup ## RUNS= interleavings and PAPERS= real papers against crossing, then random towns against a brute-force model, and lives against the law, until EVENTS= (a million) are recorded, from town SEED= on; exit 1 at the first difference
	@$(RUN) -m tests.soak_papers --runs $(RUNS) --printed $(PAPERS) --first $(SEED)
	@exec $(RUN) -m tests.soak --events $(EVENTS) --first $(SEED)

format: setup ## put the code into its form
	@$(VENV)/bin/ruff format . && $(VENV)/bin/ruff check --fix .

clean: setup ## end the tests' database and remove what the demo and the tests made
	@$(RUN) -m tests.harness remove
	@$(RUN) -m daicho.site.cli down --folder var/demo && rm -rf var/demo var/demo.lock
