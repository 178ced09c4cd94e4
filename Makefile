# `make run` and `make test` need only Python 3.11 or newer; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8501

.PHONY: run etl test check fuzz bench dictionary clean

run: etl
	$(BIN)/streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

etl: .venv/runtime
	$(BIN)/python -m etl build

test: .venv/development
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fuzz: .venv/development
	PYTHONPATH=. $(BIN)/python tests/fuzz.py

bench: .venv/development
	$(BIN)/python -m bench

dictionary: .venv/runtime
	$(BIN)/python -m etl dictionary

.venv/runtime: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed / 需要 Python 3.11 或更新版本")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: -r requirements.txt
	touch $@

.venv/development: requirements-dev.txt requirements-ocr.txt .venv/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: -r requirements-dev.txt
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache data/database data/cache
