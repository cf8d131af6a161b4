# `make score` and `make test` set everything up; the rest is for those who work on credscore.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
SITE   := $(VENV)/.ready-docs
ENGINES := $(VENV)/engines
COMPILED := $(VENV)/compiled
SAME := $(addprefix tests/test_,golden.py laws.py lexicon.py native.py packed.py text.py cases.py fixtures.py boilerplate.py restore.py determinism.py)  # what holds the bytes

.PHONY: score test pythons compiled engines lint types wheel audit docs bench figures train lexicon clean

score: $(READY)  ## score the shipped fixtures and print the reasons
	$(BIN)/credscore score fixtures/documents --format table
	$(BIN)/credscore explain fixtures/documents

test: $(READY)  ## run the tests
	$(BIN)/python -m pytest

pythons: $(READY)  ## the same bytes from every Python from 3.11 on that is on the PATH; tells which were not found
	$(BIN)/python -m pytest -rs tests/test_pythons.py

engines: $(ENGINES)/.ready  ## Dask, Spark (needs Java 17) and Ray, each on a cluster of this machine
	$(ENGINES)/bin/python -m pytest tests/test_engines.py tests/test_docs.py -k engines

compiled: $(READY)  ## the rules and loops compiled (needs a C compiler): a wheel of this platform in dist/, in an environment of its own, tested there
	rm -rf dist/compiled
	HATCH_BUILD_HOOKS_ENABLE=1 $(BIN)/python -m build --outdir dist/compiled
	@test -x $(COMPILED)/bin/python || $(BIN)/python -m venv $(COMPILED)
	$(COMPILED)/bin/python -m pip install --quiet --disable-pip-version-check "$$(ls dist/compiled/*.whl)[html,parquet,plot,report,zst]" hypothesis pytest
	$(COMPILED)/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps dist/compiled/*.whl
	$(COMPILED)/bin/credscore --version | grep compiled
	$(COMPILED)/bin/python -m pytest $(SAME)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

wheel: $(READY)  ## build the wheel, install it in a clean environment, score a text from outside the checkout
	$(BIN)/python tests/wheel_smoke.py

audit: $(READY)  ## hold what an installation would bring against the published advisories; needs PyPI itself
	$(BIN)/python tests/audit.py

docs: $(SITE)  ## build the documentation into site/, warnings as errors
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

bench: $(READY)  ## quality and speed; set CREDSCORE_DATA to a corpus folder (docs/DATA.md) for the figures on real news
	$(BIN)/python -m benchmarks

figures: $(READY)  ## measure both builds, and write the README's figures and the model card from it; needs CREDSCORE_DATA
	@test -n "$$CREDSCORE_DATA" || { echo "Say where the corpora are: make figures CREDSCORE_DATA=folder (docs/DATA.md)"; exit 2; }
	$(MAKE) compiled
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'  # without it a rival is told missing
	$(BIN)/python -m benchmarks --rivals --json $(VENV)/figures.json
	$(BIN)/python -m benchmarks --write $(VENV)/figures.json

train: $(READY)  ## make train DATA=folder: fit the bundled models again, bit for bit
	@test -n "$(DATA)" || { echo "Say where the corpora are: make train DATA=folder (docs/DATA.md)"; exit 2; }
	$(BIN)/credscore train $(DATA) --name news-en-1 -o models/news-en-1.json
	$(BIN)/credscore train $(DATA) --name news-en-1-open --without non-commercial -o models/news-en-1-open.json

lexicon: $(READY)  ## compile the reviewed word lists after a change
	$(BIN)/python -m credscore.lexicon.compile

clean:
	rm -rf $(VENV) build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "credscore needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "On Debian: apt-get install python3-venv"; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(SITE): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@

$(ENGINES)/.ready: $(READY)  # an environment of their own: 1.2 GB that `make test` does not need
	@test -x $(ENGINES)/bin/python || $(BIN)/python -m venv $(ENGINES)
	$(ENGINES)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dask,html,plot,ray,report,spark]' hypothesis pytest
	@touch $@
