# `make` or `make help` lists the targets. Nothing but python3 (3.11 or newer) and make has to be there.

.DEFAULT_GOAL := help
.PHONY: help warehouse test report screenshots lint docs release lock clean
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime.installed
DEV := $(VENV)/.dev.installed
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PEERS := .venv-peers
PEERS_INSTALLED := $(PEERS)/.installed
SQL := models tests/generic tests/singular
SCRATCH := target/check

# A file of tests stays in one process, with what its tests share. Four builds at once take 3 GB of memory.
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

export DBT_PROFILES_DIR := $(CURDIR)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

warehouse: $(RUNTIME) ## install, pull what Python packages hold (not with CRADLE_OFFLINE=1), build, export Parquet
	@$(BIN)/cradle pull --packages
	@$(BIN)/cradle build
	@echo "warehouse  $${CRADLE_DB:-warehouse/cradle.duckdb}"
	@echo "Parquet    dist/parquet (with datapackage.json)"
	@echo "next       make report (charts, open from a file), or $(BIN)/cradle (what else can be done)"

test: $(DEV) $(PEERS_INSTALLED) ## dbt's strict parse and every test, in parallel; ARGS="-k name" picks some, ARGS="-n 0" runs one by one
	@CRADLE_DB="$(CURDIR)/$(SCRATCH)/cradle.duckdb" $(BIN)/dbt --quiet --warn-error parse --no-partial-parse \
		--target-path $(SCRATCH) --log-path $(SCRATCH)/logs
	@$(BIN)/python -m pytest $(PARALLEL) $(ARGS)

report: $(RUNTIME) ## write the site of results to dist/site (opens offline from a file); builds the warehouse if there is none
	@if ! test -e "$${CRADLE_DB:-warehouse/cradle.duckdb}"; then \
		echo "no warehouse yet: building it first"; $(MAKE) warehouse; fi
	@$(BIN)/cradle report

screenshots: $(RUNTIME) $(PEERS_INSTALLED) ## pictures of the bundle's report for the docs (docs/pictures); needs Chromium
	@$(BIN)/python -m cradle.report.pictures $(PEERS)/bin/python

lint: $(DEV) ## ruff (rules and format) on the Python, sqlfluff on the SQL
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/sqlfluff lint --disable-progress-bar --processes 0 $(SQL)

docs: $(RUNTIME) ## docs/fields, marts, sources and glossary.md from dictionary and code, dbt's site in dist/docs/index.html
	@$(BIN)/python -m cradle.dictionary
	@test -e "$${CRADLE_DB:-warehouse/cradle.duckdb}" || echo "no warehouse yet: the site will lack column types (make warehouse)"
	@$(BIN)/dbt --quiet docs generate --static
	@mkdir -p dist/docs && cp target/static_index.html dist/docs/index.html && echo "dist/docs/index.html"

release: $(RUNTIME) ## rewrite the bundled release (release/) from what is landed
	@$(BIN)/cradle release

lock: | $(BIN)/python ## resolve the lock files anew from pyproject.toml
	@$(BIN)/python -m venv target/lock
	@target/lock/bin/python -m pip install --quiet --disable-pip-version-check "pip-tools==7.6.2"
	@target/lock/bin/pip-compile $(PIP_COMPILE) --output-file requirements.lock pyproject.toml
	@target/lock/bin/pip-compile $(PIP_COMPILE) --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml
	@target/lock/bin/pip-compile $(filter-out --build-deps-for editable,$(PIP_COMPILE)) \
		--output-file tests/peers/requirements.lock tests/peers/requirements.in

clean: ## remove what builds leave behind; the warehouse (it may hold your own files) and the environments stay
	@rm -rf target logs dist build .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './$(VENV)/*' -not -path './$(PEERS)/*' -prune -exec rm -rf {} +

# Build requirements are locked too, so that the project itself installs without a look at the index.
PIP_COMPILE := --quiet --upgrade --generate-hashes --allow-unsafe --build-deps-for editable --no-strip-extras \
	--no-header --annotation-style line --no-emit-options --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@$(call install,requirements.lock)
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(BIN)/python
	@$(call install,requirements-dev.lock)
	@touch $@ $(RUNTIME)

# A first try without the index: where all pins are installed already, nothing has to be reachable.
define install
	if $(PIP_INSTALL) --no-deps --no-index --require-hashes -r $(1) 2>/dev/null; then \
		echo "all of $(1) is installed already: going on without the package index"; \
	elif echo "installing $(1) into $(VENV) (pip says nothing for a minute or so)" && ! $(PIP_INSTALL) --no-deps --require-hashes -r $(1); then \
		echo "make: the packages of $(1) could not be installed (pip's reason stands above)." >&2; \
		echo "  what to do: check the network, or point pip at a package index that can be reached" >&2; \
		echo "  (pip config set global.index-url ...), and run make again; nothing has been built." >&2; \
		exit 1; \
	fi; \
	$(PIP_INSTALL) --no-index --no-deps --no-build-isolation --editable . && $(BIN)/python -m pip check --quiet
endef

# Peers that tests compare with, apart from Cradle's own packages: pandas there would double the time of its imports.
$(PEERS_INSTALLED): tests/peers/requirements.lock | $(BIN)/python
	@echo "installing tests/peers/requirements.lock into $(PEERS) (pip says nothing for a minute or so)"
	@rm -rf $(PEERS) && $(BIN)/python -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r tests/peers/requirements.lock
	@touch $@

$(BIN)/python:
	@for python in python3 python3.13 python3.12 python3.11 python; do \
		if "$$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "making $(VENV) with $$("$$python" --version)"; \
			exec "$$python" -m venv --clear $(VENV); \
		fi; \
	done; \
	echo "make: Cradle needs Python 3.11 or newer, with its venv module." >&2; \
	echo "  got: $$(python3 --version 2>/dev/null || echo no python3 on the PATH)" >&2; \
	echo "  what to do: install it (Debian, Ubuntu: apt install python3 python3-venv) and run make again." >&2; \
	exit 1
