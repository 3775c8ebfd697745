# `make help` prints what there is.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast coverage-domain lint format types lock vendor bench demo-run manage clean

help: ## print this
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## the virtual environment alone
	@$(PYTHON) -m launcher setup

run: ## everything on one machine: http://127.0.0.1:8000 (PORT, HOST, RESPITE_HOME override)
	@$(PYTHON) -m launcher run

test: ## every check and test, on a real PostgreSQL and a real browser
	@$(PYTHON) -m launcher test $(ARGS)

test-fast: ## the same without browsers and whatever takes long
	@$(PYTHON) -m launcher test --fast $(ARGS)

coverage-domain: ## every branch of wellbeing/domain, without a database
	@.venv/bin/python -m pytest -c tests/domain.ini tests/unit/wellbeing -q -m "not slow" --cov=wellbeing/domain --cov-branch \
	  --cov-report=term-missing:skip-covered --cov-fail-under=100

lint: ## ruff, layers, templates
	@.venv/bin/ruff check . && .venv/bin/lint-imports && .venv/bin/djlint --lint --quiet templates

format: ## let ruff format the code
	@.venv/bin/ruff check --fix-only --quiet . && .venv/bin/ruff format .

types: ## mypy, strict
	@.venv/bin/mypy

lock: ## renew the hashed requirements from the *.in files
	@.venv/bin/python -m pip install --quiet uv
	@for set in requirements requirements-train requirements-dev; do .venv/bin/uv pip compile --quiet --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' $$set.in -o $$set.txt; done

vendor: ## copy the pinned front-end files from npm to static/vendor
	@npm ci --ignore-scripts && node scripts/vendor.mjs

demo-run: ## the whole job without a person: import, label over HTTP, decide, release, train
	@$(PYTHON) -m launcher with-services --migrate --web -- .venv/bin/python manage.py demo_run $(ARGS)

bench: ## print the figures that the README quotes; JSON in var/bench/
	@WEB_WORKERS=2 WEB_THREADS=16 $(PYTHON) -m launcher with-services --migrate --web -- .venv/bin/python -W ignore -m benchmarks $(ARGS)

manage: ## manage.py on this checkout's database: make manage ARGS="verify_ledger"
	@$(PYTHON) -m launcher manage $(ARGS)

clean: ## remove what tests and tools leave behind; state in var/ stays
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
