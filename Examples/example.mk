# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: ai-check contributors

# Shared by the examples' Makefiles, which set NAME, SOURCES and HEADERS.

CC ?= cc
CFLAGS ?= -O1 -g
WARNINGS := -std=c17 -Wall -Wextra

all: $(NAME) compile_commands.json

$(NAME): $(SOURCES) $(HEADERS)
	$(CC) $(WARNINGS) $(CFLAGS) -DAI_NATIVE -o $@ $(SOURCES)

# What ai-check reads: no -DAI_NATIVE, so that every input is any value.
compile_commands.json: Makefile ../example.mk
	@{ separator='['; for source in $(SOURCES); do \
	    printf '%s\n  {"directory": "%s", "file": "%s", "arguments": ["cc", "-std=c17", "-c", "%s"]}' \
	        "$$separator" '$(CURDIR)' "$$source" "$$source"; \
	    separator=','; done; printf '\n]\n'; } > $@

run: $(NAME)
	./$(NAME)

clean:
	rm -f $(NAME) compile_commands.json

.PHONY: all run clean
