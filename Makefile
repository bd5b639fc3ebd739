# The door. Each target sets up what it needs first; `make help` lists them.

SHELL := /bin/sh
BIN := .venv/bin
# The tests start many programs: without compiled modules each would compile all of them anew.
COMPILED := PYTHONDONTWRITEBYTECODE=
# One more than two cores: a third of the tests' time is waiting for browsers and servers.
PYTEST := $(COMPILED) $(BIN)/pytest -n 3 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-bench run session test test-long check format lint types imports bench tour manual clean

help: ## what can be done
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | sort | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

setup: ## install what Lowtide runs on into .venv
	@sh tools/setup.sh run

setup-dev:
	@sh tools/setup.sh dev

setup-bench:
	@sh tools/setup.sh bench

run: setup ## open the app in a browser; PORT=8080 for another port
	@.venv/bin/lowtide serve --for-me --open --port $(or $(PORT),8000)

session: setup ## make a ten-minute session for the lower back as a file, and say where it is
	@sh tools/first_session.sh

test: setup-dev ## run the tests
	$(PYTEST) -m "not long"

test-long: setup-dev ## run the searches that take minutes as well
	$(PYTEST) --hypothesis-profile=search

check: lint types imports test ## everything that must be green before a commit

format: setup-dev ## put the code into its one shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: setup-dev ## shape and style
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup-dev ## types
	$(BIN)/mypy

imports: setup-dev ## imports go one way
	$(BIN)/lint-imports

bench: setup-bench ## print the performance table (some minutes)
	$(BIN)/python -m bench

tour: setup-dev ## take the pictures of README's tour anew
	$(BIN)/python tools/tour.py

manual: setup-dev ## write the reference of the script language from its tests
	$(BIN)/python tools/script_manual.py

clean: ## remove everything that was made here
	rm -rf .venv out dist build .mypy_cache .ruff_cache .hypothesis .import_linter_cache
