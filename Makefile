# `make run` and `make test` need only Python 3.11 or newer; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8501
# An offline bundle brings the wheels of all packages with it, text recognition included.
WHEELS := $(wildcard wheels)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: $(if $(WHEELS),--no-index --find-links wheels)

# Half as many tests again as processors: those in a browser wait for a server, and those of a server for its answers.
WORKERS = $(shell $(PYTHON) -c 'import os; print(3 * os.cpu_count() // 2)')

# What Python has compiled is kept: servers and builds are started often.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run etl test check faults fuzz bench dictionary bundle bundle-check audit clean

run: etl
	$(BIN)/streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

etl: .venv/runtime
	$(BIN)/python -m etl build

test: .venv/development
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

check: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The faults of tests/test_faults.py, a build killed fifty times over among them.
faults: .venv/development
	OVERSIGHT_KILLS=50 $(BIN)/python -m pytest tests/test_faults.py

fuzz: .venv/development
	PYTHONPATH=. $(BIN)/python tests/fuzz.py

# What the parts are and how long they take stands in bench/__main__.py.
bench: .venv/bench
	$(BIN)/python -m bench $(PARTS)

dictionary: .venv/runtime
	$(BIN)/python -m etl dictionary

bundle: .venv/development
	$(BIN)/python deploy/bundle.py make

bundle-check: .venv/development
	$(BIN)/python deploy/bundle.py check

# `make audit OSV_URL=http://…` asks a copy of the advisories within the organisation.
audit: .venv/development .venv/tools
	$(BIN)/python deploy/audit.py $(if $(OSV_URL),--osv-url $(OSV_URL))

.venv/runtime: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed / 需要 Python 3.11 或更新版本")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.txt $(if $(WHEELS),-r requirements-ocr.txt)
	touch $@

.venv/development: requirements-dev.txt requirements-ocr.txt requirements-cluster.txt .venv/runtime
	$(INSTALL) --no-compile -r requirements-dev.txt
	touch $@

.venv/bench: requirements-bench.txt .venv/development
	$(INSTALL) -r requirements-bench.txt
	touch $@

.venv/tools: requirements-audit.txt
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: -r requirements-audit.txt
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache data/database data/cache
