# Everything that the project needs is installed into .venv by the first target that is asked for.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: demo test setup lint clean

demo: $(INSTALLED)  ## set up and run the main job on the generated benchmark
	$(BIN)/whetstone improve lifelog

test: $(INSTALLED)  ## set up and pass the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2

setup: $(INSTALLED)  ## only set up

lint: $(INSTALLED)  ## format and check
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/mypy

# uv does not read pip's find-links by itself, hence the expansion.
$(INSTALLED): pyproject.toml configs/constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q uv
	$(BIN)/uv pip install -q --compile-bytecode -p $(BIN)/python \
	  $${PIP_FIND_LINKS:+--find-links $$PIP_FIND_LINKS} -c configs/constraints.txt -e '.[dev]'
	touch $(INSTALLED)

clean:
	rm -rf .venv .whetstone
