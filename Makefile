# Everything a developer does here, by name. `make` alone prints this list.
.DEFAULT_GOAL := help
.PHONY: help setup generate check test verify mock serve docs bench lock clean

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
HOST ?= 127.0.0.1
PORT ?= 8000
MOCK_PORT ?= 4010
PYTEST_ARGS ?= -n 2

help: ## print this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

setup: $(READY) ## build the environment in .venv

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "accord needs Python 3.11 or newer; name one with: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

generate: $(READY) ## write models, stub and bundled contract into generated/
	$(BIN)/accord generate

check: $(READY) ## format, lint, types, layers, spelling, generated code
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/typos
	$(BIN)/accord generate --check

test: check ## every check and every test, the real server on SQLite and PostgreSQL included
	$(BIN)/pytest $(PYTEST_ARGS) --cov --cov-report=term

verify: $(READY) ## hold mock, server on SQLite and PostgreSQL, and both to each other, to the contract
	$(BIN)/python -m tests.contract.verifying

mock: $(READY) ## mock the contract on port 4010, or on MOCK_PORT
	$(BIN)/accord mock --host $(HOST) --port $(MOCK_PORT)

serve: $(READY) ## run the Assistant API on SQLite, or on DATABASE_URL
	@$(BIN)/python -m store.keys ensure-development
	$(BIN)/accord serve --host $(HOST) --port $(PORT)

docs: $(READY) ## build the documentation into build/docs; a broken link fails
	$(BIN)/python -m accord.cli.manual docs/commands.md
	$(BIN)/zensical build --clean --strict

bench: $(READY) ## measure loading, judging, serving and mocking: half an hour, with peers from npm
	$(BIN)/python benchmarks/loading.py
	$(BIN)/python benchmarks/starting.py
	$(BIN)/python benchmarks/reloading.py
	$(BIN)/python benchmarks/exchange.py
	$(BIN)/python benchmarks/server.py
	$(BIN)/python benchmarks/fidelity.py
	$(BIN)/python benchmarks/flows.py
	$(BIN)/python benchmarks/state.py
	$(BIN)/python benchmarks/mock.py
	$(BIN)/python benchmarks/mutants.py

lock: $(READY) ## pin all requirements anew
	$(BIN)/pip-compile --quiet --upgrade --strip-extras --all-extras --allow-unsafe --no-header \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.txt pyproject.toml

clean: ## remove what was built; hand-written and generated files stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis htmlcov .coverage build dist
