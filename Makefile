# Two commands from a bare clone: `make demo` and `make test`. Only Python >= 3.11 and make are needed.
# A name on PATH may be a shim of a version that is not there, so each is asked, not only found.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run
TEST := $(VENV)/.test

SCRIPTS := tests/js/node_modules/.package-lock.json

.PHONY: demo test check bench soak clean

demo: $(RUN)
	@LIANPU_HOME="$${LIANPU_HOME:-$(CURDIR)/.demo}" $(BIN)/lianpu demo

test: $(TEST) $(SCRIPTS)
	@sh tools/install_chromium.sh
	@sh tools/install_neo4j.sh
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n auto --dist loadfile

# What CI holds beside the tests: style, types, layers.
check: $(TEST)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# ESLint and a DOM for the tests of the pages' scripts; the program itself needs no Node.
$(SCRIPTS): $(TEST) tests/js/package-lock.json
	@$(BIN)/python tools/npm.py ci --prefix tests/js --no-audit --no-fund || echo "没有装上 tests/js 的工具：页面脚本的测试不运行"

# What CI runs in a short form: random loads, updates and undoings, on both engines.
soak: $(TEST)
	@sh tools/install_neo4j.sh
	LIANPU_TEST_SEQUENCES=$${LIANPU_TEST_SEQUENCES:-1000} $(BIN)/python -m pytest -n auto --dist loadfile \
		tests/graph/projection tests/contract/test_updates.py

bench: $(TEST)
	$(BIN)/python bench/load.py $(DATA)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新版本"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本，现有 $$($(PYTHON) --version 2>&1)"; exit 1; }
	@echo "建立虚拟环境 $(VENV) …"
	$(PYTHON) -m venv $(VENV)

$(RUN): $(BIN)/python pyproject.toml requirements.lock
	@echo "安装链谱 …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@touch $@

$(TEST): $(BIN)/python pyproject.toml requirements.lock
	@echo "安装链谱和测试工具 …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[test]'
	@touch $(RUN) $@

clean:
	rm -rf $(VENV) .demo
