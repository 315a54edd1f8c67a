# make demo    read the example reports into a fresh record book, print a timeline, serve the pages (NO_SERVE=1: do not serve)
# make test    install what the tests need and run every check
# make check   formatting, lint and types
# make model   rebuild the shipped language model (TREEBANKS=folder of the .conllu.xz files)
# make eval    score the development sets (EVAL=their folder) and print one table

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
BOOK ?= .demo/book.db
PORT ?= 8765
EVAL ?= ../shared/eval
TREEBANKS ?= ../shared/treebanks

.PHONY: demo test check model eval clean

SOURCES := pyproject.toml $(shell find src -type f -not -name '*.pyc')

$(VENV)/.installed: $(SOURCES)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check .
	touch $@

$(VENV)/.installed-test: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

demo: $(VENV)/.installed
	@rm -rf .demo && mkdir -p .demo
	$(BIN)/foedus read examples --book $(BOOK)
	$(BIN)/foedus timeline IND USA --book $(BOOK)
ifndef NO_SERVE
	$(BIN)/foedus serve --book $(BOOK) --port $(PORT)
endif

check: $(VENV)/.installed-test
	$(BIN)/ruff format --check src tests benchmarks training
	$(BIN)/ruff check src tests benchmarks training
	$(BIN)/mypy

test: $(VENV)/.installed-test
	@sh tests/install-browser.sh
	$(BIN)/ruff format --check src tests benchmarks training
	$(BIN)/ruff check src tests benchmarks training
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

model:
	training/rebuild.sh $(TREEBANKS)

eval: $(VENV)/.installed-test
	$(BIN)/python benchmarks/run.py --eval $(EVAL)

clean:
	rm -rf $(VENV) .venv-training .demo build dist training/work
