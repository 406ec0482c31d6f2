# make run: talk to Carrel. make install: only put it in place. make test: everything CI checks.
# Each sets up what it needs.
PYTHON ?= python3
BIN := .venv/bin
# The console script runs the checkout itself; nothing is built elsewhere and nothing fetched.
SCRIPT = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . >&2

.PHONY: run install test check bench lock
.DEFAULT_GOAL := run

.venv/run: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Carrel needs Python 3.11 or newer: run make PYTHON=python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
		{ echo "The virtual environment could not be made: apt install python3-venv" >&2; exit 1; }
	@echo "Installing the pinned packages ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock >&2
	@$(SCRIPT)
	@touch $@

.venv/test: requirements-dev.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the pinned packages for tests ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock >&2
	@$(SCRIPT)
	@touch $@ .venv/run

run: .venv/run
	@$(BIN)/python -m bot chat

install: .venv/run

check: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/coverage erase
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report= -rs
	$(BIN)/coverage report --skip-covered --fail-under=95

bench: .venv/test
	$(BIN)/python -m bench

# Pins everything, with hashes and for every platform; names no package host.
lock:
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header pyproject.toml --extra install -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header pyproject.toml --extra dev --extra install \
		-c requirements.lock -o requirements-dev.lock
