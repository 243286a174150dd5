# One word runs everything, here and in CI. `make` alone says what there is.

.DEFAULT_GOAL := help
.PHONY: help demo cluster bench test check-long faults lighthouse lint lock messages screenshots

help: ## Say what there is (this text)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: ## Serve the sample newsroom on HOST:PORT (127.0.0.1:8000)
	@tools/demo

cluster: ## The sample as several machines run it: nginx, web processes, PostgreSQL on PORT (8443)
	@tools/environment run && .venv/bin/python tools/cluster.py

bench: ## How fast it is, beside what one would use instead: a quarter of an hour on a quiet machine
	@tools/environment run && .venv/bin/python bench/run.py

test: ## Prove it all: on SQLite, on PostgreSQL, in Chromium
	@tools/test

check-long: ## The checks that take longer than `make test` may
	@tools/check-long

faults: ## Break a cluster on purpose and count what was lost (FAULTS_SHORT=1: in two minutes)
	@tools/environment dev && .venv/bin/python -m bench.faults

lighthouse: ## What a phone on a slow line gets of the pages: speed, access, weight
	@tools/environment dev && tools/node/install && .venv/bin/python tools/lighthouse.py

lint: ## Style, types, migrations, templates, locks, translations
	@tools/lint

lock: ## Write both locks anew from pyproject.toml
	@tools/lock

messages: ## Collect what must be translated, compile what is
	@tools/environment dev && .venv/bin/python tools/messages.py

screenshots: ## Take the README's pictures from a demo of their own
	@tools/environment dev && .venv/bin/python tools/screenshots.py
