// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <assert.h>: what the macro assert calls when its condition is false.
#include <assert.h>

#include "ai.h"

void __assert_fail(const char *condition, const char *file, unsigned int line, const char *function)
{
    (void)condition, (void)file, (void)line, (void)function;
    __ai_assert(0);
    __ai_exit();
}

void __assert_perror_fail(int number, const char *file, unsigned int line, const char *function)
{
    (void)number, (void)file, (void)line, (void)function;
    __ai_assert(0);
    __ai_exit();
}
