# Every command of the project, one line each; `make help` lists them.
# The virtual environment is made from requirements.txt when it is missing or the lock has changed.

SHELL := bash
.SHELLFLAGS := -eo pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/npm-tests/.ready
export PYTHONHASHSEED := 0
# modules are compiled when they are first imported, and must be kept so: dozens of processes import the same ones
unexport PYTHONDONTWRITEBYTECODE
PORT ?= 8000
# the tests that need no build, no browser and no notebook; some of them are marked as slow
QUICK := -n auto tests --ignore=tests/builds --ignore=tests/browser
# one make at a time works on the environment: the lock, on the folder of the project, goes with whoever holds it
alone = exec 9< . && $(PYTHON) -c 'import fcntl as f; f.flock(9, f.LOCK_EX | f.LOCK_NB)' 2>/dev/null || { echo "waiting for another make, which is making the environment"; $(PYTHON) -c 'import fcntl as f; f.flock(9, f.LOCK_EX)'; }
# whether file 1 is missing or older than one of the files 2; another make may have made it while this one waited
is_old = [ -n "$$(for file in $(2); do [ $(1) -nt $$file ] || echo $$file; done)" ]
# what package.json in folder 1 names, into folder 2, with the npm of the environment, which needs no home to write in
packages = mkdir -p $(2) && cp $(1)/package*.json $(2)/ && PATH="$(CURDIR)/$(BIN):$$PATH" npm_config_cache="$(CURDIR)/$(VENV)/npm-cache" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix $(2)

.DEFAULT_GOAL := help
.PHONY: help site quick test coverage check fmt impact notebooks serve bench links release lock style clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: check  ## check the data and build the site into _build/html
	@$(BIN)/python -m drills site

quick: $(READY)  ## run the tests that need no build, no browser, no notebook and little time: one to three minutes
	@$(BIN)/python -m pytest $(QUICK) -m "not slow"

test: $(READY) $(TOOLS)  ## run all tests: unit, data, notebooks, the built site; eight minutes, or up to thirty on a busy machine
	@$(BIN)/python -m pytest -n auto

coverage: $(READY)  ## run the tests that need no build and no browser and say how much of each module they run
	@rm -rf _build/coverage && mkdir -p _build/coverage
	@$(BIN)/coverage run -m pytest $(QUICK)
	@$(BIN)/coverage combine -q && $(BIN)/coverage report --sort=cover

check: $(READY)  ## say what is wrong in data/, and how to fix it
	@$(BIN)/python -m drills check

fmt: $(READY)  ## bring the files of data/ into one form; no value changes
	@$(BIN)/python -m drills fmt

impact: $(READY)  ## print as Markdown what an edit of data/ changes; BASE=ref names the commit to compare with
	@$(BIN)/python -m drills impact $(if $(BASE),--base "$(BASE)")

notebooks: $(READY)  ## run the chapters and store their outputs, text only
	@$(BIN)/python -m drills notebooks

serve: $(READY)  ## show the site on http://localhost:8000 (PORT=8000) and build again what an edit touches
	@$(BIN)/python -m drills serve --port $(PORT)

bench: $(READY)  ## measure speed and size against a stock build in the same run
	@$(BIN)/python -m benchmarks

links: $(READY)  ## ask whether the pages that the record cites still answer
	@$(BIN)/python -m drills links

release: $(READY)  ## make a release, kept for ever under /releases: make release VERSION=1.4.0
	@$(BIN)/python -m drills release "$(VERSION)"

style: $(READY)  ## check the style and the types of the code
	@$(BIN)/ruff check .
	@$(BIN)/mypy

lock: $(READY)  ## renew requirements.txt from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --all-extras --group test --group authors --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -o requirements.txt

clean:  ## remove what was built, not the environment
	@rm -rf _build

$(READY): requirements.txt pyproject.toml drills/site/npm/package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || { echo "Python 3.11, 3.12 or 3.13 is needed: apt-get install python3 (or name one: make site PYTHON=python3.12)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	@$(alone); if $(call is_old,$@,$^); then $(environment); fi

$(TOOLS): tests/browser/npm/package-lock.json $(READY)
	@$(alone); if $(call is_old,$@,$^); then $(tools); fi

# what of pip's settings says where packages are, as options
places = $(BIN)/python -m pip config list 2>/dev/null | sed -n "s/^[^=]*[.]\(find-links\|index-url\|extra-index-url\)='\(.*\)'$$/\1 \2/p" | while read -r name all; do for one in $$all; do printf -- "--%s %s " "$$name" "$$one"; done; done
# the packages of the lock by uv, which takes seconds and is itself one of them; it needs no home either. Where it cannot
# be had, or finds no packages, pip does the same in minutes. Any place may have a package, since the lock knows its hash
quickly = awk '/^[^ ]/ {is_uv = /^uv==/} is_uv' requirements.txt > $(VENV)/.uv && [ -s $(VENV)/.uv ] && $(BIN)/python -m pip install --disable-pip-version-check -q --no-compile --require-hashes -r $(VENV)/.uv 2>/dev/null && env UV_HTTP_TIMEOUT=15 UV_HTTP_RETRIES=2 $${PIP_CERT:+SSL_CERT_FILE="$$PIP_CERT"} $(BIN)/uv pip install -q --no-cache --python $(BIN)/python --require-hashes --index-strategy unsafe-best-match $$($(places)) -r requirements.txt 2>/dev/null
slowly = $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --no-compile --require-hashes -r requirements.txt | sed -n -e 's/^Collecting \([^ ]*\).*/  \1/p' -e '/^Successfully/s/ .*/ installed the packages/p'
# modules are compiled when they are first imported, not here: most never are
# .ready has the time at which the work on it began and comes last: what changes while packages are installed is newer,
# and what was interrupted has none
define environment
echo "making the virtual environment in $(VENV) from requirements.txt: half a minute, or up to three without uv"; \
rm -f $(READY); \
$(PYTHON) -m venv --clear $(VENV); \
touch $(VENV)/.begun; \
$(quickly) || $(slowly); \
$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .; \
$(call packages,drills/site/npm,$(VENV)/npm); \
mv $(VENV)/.begun $(READY)
endef

define tools
touch $(VENV)/.begun-tools; \
$(call packages,tests/browser/npm,$(VENV)/npm-tests); \
mv $(VENV)/.begun-tools $(TOOLS)
endef
