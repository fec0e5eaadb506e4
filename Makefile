# `make demo` and `make test` do all the set-up in a fresh .venv.
PYTHON ?= python3.11
BIN := .venv/bin

.PHONY: demo test bench docs lint clean

.ready-run: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

.ready-dev: .ready-run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt hypothesis import-linter mypy pytest pytest-xdist ruff
	touch $@

demo: .ready-run
	$(BIN)/tidings demo

lint: .ready-dev
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest

bench: .ready-dev
	$(BIN)/python -m bench --keep

docs: .ready-run
	$(BIN)/python -m tidings.cli.reference docs/reference

clean:
	rm -rf .venv .ready-run .ready-dev
