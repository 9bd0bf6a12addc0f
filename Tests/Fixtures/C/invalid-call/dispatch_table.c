// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Operations are chosen from a constant table.

#include "../ai.h"

static int add(int a, int b) { return a + b; } // safe: signed-overflow
static int subtract(int a, int b) { return a - b; } // safe: signed-overflow
static int larger(int a, int b) { return a > b ? a : b; }

static int (*const operations[])(int, int) = {add, subtract, larger};

int main(void)
{
    unsigned choice = __ai_any_uint() % 3;
    short left = __ai_any_short(), right = __ai_any_short();
    return operations[choice](left, right) > 5; // safe: invalid-call, out-of-bounds-read
}
