# The two commands that matter are `make demo` and `make test`; both set up .venv themselves.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# Where compiled modules are not kept, each process of the tests compiles cxify anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo serve test check pytest constraints clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 18

demo: .venv/installed  ## redline the sample documents, without any model or network
	$(BIN)/cxify rewrite samples -o out/demo
	@echo
	@echo "The redlined documents are in out/demo. Open one in Word (or LibreOffice) and accept or reject each change."

serve: .venv/serving  ## the web page on this machine, until Ctrl-C
	$(BIN)/cxify serve --open

test: check pytest  ## everything that must hold before a commit lands

check: .venv/developing  ## formatting, types, layers
	$(BIN)/ruff format --check . --output-format concise
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

pytest: .venv/developing  ## the tests
	$(BIN)/python -m pytest -n auto --dist loadgroup

constraints: .venv/developing  ## renew constraints.txt
	$(INSTALL) uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --upgrade --quiet \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header -o constraints.txt
	sed -i '1i # Tested versions of everything, for `pip install -c constraints.txt`. Written by `make constraints`.' constraints.txt

clean:  ## remove what was made
	rm -rf .venv out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "cxify needs Python 3.11 or newer; say where it is: make PYTHON=…")'
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	$(INSTALL) -e .
	@touch $@

.venv/serving: .venv/bin/python pyproject.toml constraints.txt
	$(INSTALL) -e '.[web]'
	@touch $@ .venv/installed

.venv/developing: .venv/bin/python pyproject.toml constraints.txt
	$(INSTALL) -e '.[dev,evals,mcp,web,worker]'
	@touch $@ .venv/installed
