# The two commands of the README are `make demo` and `make test`; both need only Python 3.11+, make and pip.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

PACKS = $(VENV)-packs

.PHONY: demo test packs lint docs browser office bench schemas wheelhouse wheelhouse-check clean

demo: $(VENV)/installed
	$(BIN)/lens demo --again

test: $(VENV)/tested packs
	$(BIN)/pytest $(PYTEST)

# The packs and examples as others would have them: wheels, built once, together in an environment of their own.
packs: $(PACKS)/installed
	$(PACKS)/bin/pytest -m "not browser" plugins tests/installed $(PYTEST)
	$(PACKS)/bin/pytest -m installed tests/docs/test_examples.py $(PYTEST)

lint: $(VENV)/linted
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	for pack in plugins/*/lens_*; do MYPYPATH=$$(dirname $$pack) $(BIN)/mypy -p $$(basename $$pack) || exit 1; done
	for module in examples/*/*.py; do MYPYPATH=$$(dirname $$module) $(BIN)/mypy $$module || exit 1; done

docs: $(VENV)/documented
	$(BIN)/python docs/generate.py
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html

# Opens the report in headless Chromium and runs axe on it. Wants chromium, node and npm (axe-core, playwright-core).
browser: $(VENV)/tested
	$(BIN)/pytest -m browser tests/browser $(PYTEST)

# Opens workbooks and documents in headless LibreOffice. Wants libreoffice-writer and libreoffice-calc.
office: $(VENV)/tested
	$(BIN)/pytest -m office tests/office tests/reports $(PYTEST)

# Minutes of measuring: start-up, a first look, then screening against a bare parser and other readers.
bench: $(VENV)/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,test,bench]'
	$(BIN)/python tests/benchmarks/ratios.py
	$(BIN)/python tests/benchmarks/portfolio.py

schemas: $(VENV)/installed
	for name in program context answers decisions case restricted policy pack review register table; do \
	  $(BIN)/lens schema $$name > schemas/$$name.schema.json || exit 1; done

# Everything for an install without a network, for every system, as a folder and a zip in dist. Wants the network itself.
wheelhouse: $(VENV)/documented
	$(BIN)/python tools/wheelhouse/build.py

# The same for this machine and Python alone, installed from it in a new environment with nowhere to load from, and run.
wheelhouse-check: $(VENV)/documented
	$(BIN)/python tools/wheelhouse/check.py

clean:
	rm -rf $(VENV) $(PACKS) build plugins/*/build examples/*/build dist lens-demo docs/_build *.egg-info

# Each stamp stands for one set of packages in the one environment. The demo needs no extra.
$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "lens needs Python 3.11 or newer; name one with PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,test]'
	touch $@

$(PACKS)/installed: pyproject.toml $(shell find lens templates plugins examples -name '*.py' -o -name '*.yaml' -o -name '*.toml' -o -name '*.html' -o -name '*.txt' | sort)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "lens needs Python 3.11 or newer; name one with PYTHON=...")'
	rm -rf $(PACKS)
	$(PYTHON) -m venv $(PACKS)
	$(PACKS)/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir $(PACKS)/wheels . ./plugins/* $(patsubst %/pyproject.toml,./%,$(wildcard examples/*/pyproject.toml))
	$(PACKS)/bin/python -m pip install --quiet --disable-pip-version-check $(PACKS)/wheels/*.whl pytest pytest-timeout hypothesis 'setuptools>=77'
	touch $@

$(VENV)/linted: $(VENV)/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,test,lint]'
	touch $@

$(VENV)/documented: $(VENV)/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,docs]'
	touch $@
