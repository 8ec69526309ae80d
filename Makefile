# Two commands matter: `make run` and `make test`. Both do all the set-up on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1
export PORT HOST

.PHONY: setup setup-dev run test test-services check check-credentials bench clean

setup: $(VENV)/.installed
	@$(BIN)/python tools/compile_catalogues.py
	@tools/fetch_player.sh

$(VENV)/.installed: requirements.txt
	@tools/make_venv.sh $(PYTHON) $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

setup-dev: setup $(VENV)/.installed-dev

run: setup
	@$(BIN)/python tools/run_embedded.py

test: setup-dev
	@tools/find_chromium.sh
	@tools/npm_install.sh
	@tools/checkers_install.sh
	$(BIN)/python -m pytest -n 2 --dist loadscope

test-services: setup-dev
	@tools/find_chromium.sh
	@tools/npm_install.sh
	@tools/checkers_install.sh
	tests/services/run.sh

check: setup-dev
	@tools/npm_install.sh
	tools/check.sh

# What independent programs say about what we issue; also part of the whole suite.
check-credentials: setup-dev
	@tools/npm_install.sh
	@tools/checkers_install.sh
	$(BIN)/python -m pytest tests/certificates

bench: setup-dev
	tools/bench.sh

clean:
	rm -rf $(VENV) var
