# `make demo` and `make test` need nothing but make and Python 3.11 or newer; all else goes into .venv.

PYTHON ?= python3
BIN := .venv/bin
export KGCHECK_W3C_SHACL ?= $(CURDIR)/.venv/w3c
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test docs site bench clean

demo: .venv/installed
	@$(BIN)/kgcheck check --fail-on none

test: .venv/tested .venv/w3c
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# Generated pages, pictures and the output that pages show; tests compare them.
docs: .venv/installed
	for script in docs/generate_*.py; do $(BIN)/python $$script || exit 1; done

# Some twenty minutes on two processors; with ARGS=--full a million claims as well, --write for the page.
bench: .venv/benched
	$(BIN)/python -m bench $(ARGS)

# The documentation as a site, in build/site: python3 -m http.server -d build/site
site: .venv/documented
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file docs/site/mkdocs.yml

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are newer than pyproject.toml while what it asks for is installed.

.venv/ready:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kgcheck needs Python 3.11 or newer: make PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(PIP) install --quiet --upgrade "pip>=25.1" # the first that reads dependency groups
	@touch $@

.venv/installed: pyproject.toml .venv/ready
	$(PIP) install --quiet --editable .
	@touch $@

.venv/documented: pyproject.toml .venv/ready
	$(PIP) install --quiet --editable . --group docs
	@touch $@ .venv/installed

.venv/tested: pyproject.toml .venv/ready
	$(PIP) install --quiet --editable . --group dev
	@touch $@ .venv/installed

# The W3C's tests of SHACL come with the sources of pySHACL alone; without them one test is skipped.
.venv/w3c: .venv/tested
	@rm -rf $@ && mkdir $@
	@$(PIP) download --quiet --no-deps --no-binary pyshacl --dest $@ $$($(PIP) freeze | grep -i ^pyshacl==) \
		&& tar -xzf $@/*.tar.gz -C $@ --strip-components=4 --wildcards '*/test/resources/sht_tests' \
		|| { rm -rf $@; echo "The W3C's tests of SHACL cannot be fetched here" >&2; }

.venv/benched: pyproject.toml .venv/ready
	$(PIP) install --quiet --editable . --group bench
	@touch $@ .venv/installed
