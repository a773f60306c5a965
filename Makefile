# Two commands are all a newcomer needs: `make run` and `make test`. The work is in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench pictures format lock

help: ## Show what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

run: ## Start the site on this machine, with a database of its own
	@sh scripts/start.sh run

test: ## Check everything; ARGS="-k sharing" goes on to pytest
	@sh scripts/start.sh test $(ARGS)

lint: ## Only the checks that run no test
	@sh scripts/start.sh lint

bench: ## Measure the pages people wait for
	@sh scripts/start.sh bench

pictures: ## Make the README's pictures anew
	@sh scripts/start.sh pictures

format: ## Bring code into the agreed form
	@sh scripts/start.sh format

lock: ## Pin the packages named in requirements*.in; ARGS=--upgrade moves to newer ones
	@sh scripts/start.sh lock $(ARGS)
