# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: ai-check contributors

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := build
.PHONY: deps corpus build demo verified theorem test mutants bench lint format clean

# Where clang 19's headers and libraries are; Package.swift reads the same variable.
AICHECK_LLVM_PREFIX ?= /usr/lib/llvm-19
export AICHECK_LLVM_PREFIX

# Real C programs to measure, each a folder with a compile_commands.json.
AICHECK_CORPUS ?= $(HOME)/.cache/ai-check/corpus
# Behind the line above, which would find it defined, and empty.
export AICHECK_CORPUS

# The program that the demonstration analyses: an example with a planted bug.
DEMO ?= Examples/ring-buffer-off-by-one

# What the build and the tests need from Debian: clang 19 as a library, and compilers and tools for the tests.
# python3, dpkg-dev: they fetch the real programs; csmith makes random ones; valgrind is a second opinion on them.
# coq, ocaml: 'make theorem' needs them, 'make build' does not.
PACKAGES := libclang-19-dev llvm-19-dev clang-19 libclang-rt-19-dev gcc libc6-dev openssl python3 dpkg-dev csmith \
    libcsmith-dev valgrind coq ocaml-nox ocaml-findlib

# Where it is built. The tests have a folder of their own: they are built for speed too, with declarations visible to them
# that products keep to themselves.
SCRATCH := .build
test: SCRATCH := .build-test
test: FLAGS := -Xswiftc -enable-testing
test: export AICHECK_BUILD = $(CURDIR)/$(RELEASE)
SWIFT_BUILD = swift build -c release --scratch-path $(SCRATCH) $(FLAGS)
RELEASE = $(SCRATCH)/release
THEOREM = $(SCRATCH)/theorem
# How many mutated bundles both checkers get, and from which seed they follow: 'make theorem MUTATIONS=100000 SEED=7'
# tries others, and takes a minute or two more.
MUTATIONS ?= 20000
SEED ?= 1
# A target may use only what it declares; the architecture tests check what it may declare.
STRICT := --explicit-target-dependency-import-check error

deps: ## Install what is missing.
	@if ! command -v swift >/dev/null; then
	    echo "Swift is missing. Install Swift 6.1 or newer from https://www.swift.org/install/linux/" \
	        "and make sure that 'swift' is in your PATH." >&2
	    exit 1
	fi
	if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
	    if [ -e "$(AICHECK_LLVM_PREFIX)/include/clang/AST/ASTContext.h" ]; then exit 0; fi
	    echo "There is no apt here, and no clang 19 under $(AICHECK_LLVM_PREFIX). Install LLVM and clang 19 with" \
	        "their development files, and set AICHECK_LLVM_PREFIX to where they are." >&2
	    exit 1
	fi
	missing=()
	for package in $(PACKAGES); do
	    if [ "$$(dpkg-query -W -f '$${db:Status-Status}' "$$package" 2>/dev/null)" != installed ]; then
	        missing+=("$$package")
	    fi
	done
	if [ $${#missing[@]} -eq 0 ]; then exit 0; fi
	root=()
	if [ "$$(id -u)" -ne 0 ]; then
	    if ! command -v sudo >/dev/null; then
	        echo "Missing: $${missing[*]}. Install them as root: apt-get install $${missing[*]}" >&2
	        exit 1
	    fi
	    root=(sudo)
	fi
	echo "Installing $${missing[*]}"
	$${root[@]+"$${root[@]}"} apt-get update -q
	if ! $${root[@]+"$${root[@]}"} env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -q -y --no-install-recommends "$${missing[@]}"; then
	    echo "apt could not install $${missing[*]}. Where the distribution has no clang 19," \
	        "add https://apt.llvm.org to its sources." >&2
	    exit 1
	fi

build: deps ## Build both programs for use.
	$(SWIFT_BUILD) --product ai-check
	$(SWIFT_BUILD) --product ai-audit

corpus: deps ## Fetch the real programs that tests and benchmarks use.
	Tests/Corpus/get "$(AICHECK_CORPUS)" >/dev/null

verified: build ## Compile and check the theorem, extract its checker, and put it beside ai-audit.
	@if ! command -v coqc >/dev/null || ! command -v ocamlfind >/dev/null; then
	    echo "Coq 8.16 or OCaml is missing: Debian's packages coq, ocaml-nox and ocaml-findlib have them." >&2
	    exit 1
	fi
	AuditBundles/Theorem/build $(THEOREM)
	# Where ai-audit looks for it.
	install -m 755 $(THEOREM)/ai-audit-verified $(RELEASE)/ai-audit-verified
	$(SWIFT_BUILD) --product checker-agreement

theorem: verified corpus ## Do that, and compare both checkers on many bundles.
	AuditBundles/Theorem/lines
	Tests/CheckerAgreement/run --mutations $(MUTATIONS) --seed $(SEED)

test: corpus theorem ## Build and run every test.
	$(SWIFT_BUILD) --build-tests $(STRICT)
	swift test -c release --scratch-path $(SCRATCH) $(FLAGS) --skip-build

mutants: deps ## Make mistakes on purpose, and count those that no test catches; this takes an hour.
	Tests/Mutation/run

demo: build ## Analyse an example, seal the evidence, and check it as an auditor would.
	@mkdir -p out
	if [ ! -e out/key.pem ]; then
	    rm -f out/pub.pem
	    $(RELEASE)/ai-check keygen --key out/key.pem --public out/pub.pem
	fi
	$(MAKE) --no-print-directory -C $(DEMO) compile_commands.json
	echo
	echo "== ai-check bundle -p $(DEMO)"
	# Alarms are exit code 1: the bundle is written, and says so.
	$(RELEASE)/ai-check bundle -p $(DEMO) -o out/demo.aibundle --key out/key.pem --json out/demo.json || [ $$? -eq 1 ]
	echo
	echo "== ai-audit verify out/demo.aibundle"
	$(RELEASE)/ai-audit verify out/demo.aibundle --trust out/pub.pem
	echo
	echo "Where to look: out/demo.aibundle/README.txt says what the bundle holds and how to check it without us,"
	echo "obligations.jsonl beside it has the verdicts, assumptions.jsonl what they rest on, ir/program.txt the program."

bench: verified corpus ## Measure the analysis, its evidence, both checkers and the interpreter on real programs.
	@Benchmarks/checkers
	Benchmarks/run
	Benchmarks/relations
	Benchmarks/interpreter

lint: ## Check the form of the Swift code.
	@if swift format --version >/dev/null 2>&1; then
	    swift format lint --strict --recursive --parallel Package.swift Sources Domains AuditBundles Tests
	else
	    echo "This Swift has no 'swift format'; nothing was checked." >&2
	fi

format: ## Bring the Swift code into form.
	swift format --in-place --recursive --parallel Package.swift Sources Domains AuditBundles Tests

clean: ## Remove everything that was built.
	swift package clean
	rm -rf out $(THEOREM) .build-test
