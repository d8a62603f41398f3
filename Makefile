# make run: install what is missing, try once to fetch the official text, build the index, open the
# page.   make test: run the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check benchmark load faults clean

run: $(VENV)/installed
	-$(BIN)/python app.py fetch --once
	$(BIN)/python app.py --open

test: $(VENV)/installed-for-tests
	-$(BIN)/python tests/fetch_small_model.py
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/installed-for-tests
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

benchmark: $(VENV)/installed
	$(BIN)/python tests/benchmark.py

load: $(VENV)/installed
	$(BIN)/python tests/load.py

faults: $(VENV)/installed
	$(BIN)/python tests/faults.py

clean:
	rm -rf $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: install it, or name it: make PYTHON=python3.11 run" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/installed-for-tests: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[test]"
	touch $@
