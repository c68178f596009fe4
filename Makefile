# Two commands do all the set-up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export PIP_NO_INPUT = 1

.PHONY: help demo test lint types unit generated lock clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

demo: $(VENV)/installed-core ## install into a virtual environment and play the main job
	@$(BIN)/roadgate demo

test: $(VENV)/installed-test node_modules/installed ## install everything the tests need, and run all of them
	@.ci/checks "$(BIN)"

lint: $(VENV)/installed-test ## formatting, lint rules, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo

types: $(VENV)/installed-test ## strict type checks
	$(BIN)/mypy

unit: $(VENV)/installed-test node_modules/installed ## the tests that need no server, runner or browser
	$(BIN)/pytest -q -m "not slow"

generated: $(VENV)/installed-core ## generate schemas/ and the reference from the models
	$(BIN)/python -m roadgate.pipeline.generated .

lock: $(VENV)/installed-test ## lock the dependencies anew, with hashes
	$(PIP) install uv
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --no-strip-extras pyproject.toml requirements/action.in \
	  -o requirements/action.txt
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --no-strip-extras pyproject.toml requirements/action.in \
	  --group test -c requirements/action.txt -o requirements/test.txt

clean: ## remove what make has installed
	rm -rf $(VENV) node_modules

$(VENV)/created:
	@.ci/system demo
	$(PYTHON) -m venv $(VENV)
	@touch $@

# Locked dependencies first, with their hashes; then the package itself, with nothing else.
$(VENV)/installed-core: $(VENV)/created requirements/action.txt pyproject.toml
	$(PIP) install --require-hashes -r requirements/action.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed-core requirements/test.txt
	@.ci/system test
	$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

node_modules/installed: package.json package-lock.json
	npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@
