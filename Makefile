# What a newcomer needs. Every target may be run twice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup serve test check translations lint types bench clean screenshots pictures widget-release

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.installed ## make the environment in .venv

$(VENV)/.installed: pyproject.toml requirements.txt
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Signpost needs Python 3.11 or later as '$(PYTHON)'. Install it, or name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt && \
	 $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable . || \
	  { echo "The packages of requirements.txt could not be installed (is PyPI reachable?). Nothing was started."; exit 1; }
	@touch $@

serve: setup ## start the assistant on http://127.0.0.1:8000
	@$(BIN)/signpost serve --port $(PORT)

test: setup lint types ## run every check and test
	@$(BIN)/signpost check
	@$(BIN)/pytest

check: setup ## read the knowledge base and the translations, and say what is wrong
	@$(BIN)/signpost check

translations: setup ## bring the catalogues up to date with the English, and say how far each language is
	@$(BIN)/signpost translations update
	@$(BIN)/signpost translations report

lint: setup
	@$(BIN)/ruff check .

types: setup
	@$(BIN)/mypy

bench: setup ## measure speed, memory and growth; with CLINC=data_full.json accuracy on that set, too
	@$(BIN)/python -m benchmarks $(if $(CLINC),--clinc "$(CLINC)") $(if $(JSON),--json "$(JSON)")

widget-release: setup ## freeze the widget's script as a release: make widget-release VERSION=1.0.1
	@$(BIN)/python -m web.releases $(VERSION)

screenshots: setup ## write pictures of the widget's states to var/screenshots, for people to look at
	@$(BIN)/python -m tests.web.browser.screenshots var/screenshots

pictures: setup ## make the pictures of docs/editing.md anew, in docs/pictures
	@$(BIN)/python -m tests.web.browser.pictures docs/pictures

clean: ## remove the environment and everything that was made
	rm -rf $(VENV) var build *.egg-info
