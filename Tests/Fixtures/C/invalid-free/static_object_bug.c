// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A configuration that starts as a static object is freed like its successors.
// witness: 0

#include "../ai.h"
#include <stdlib.h>

struct configuration {
    int level;
};

static struct configuration defaults;
static struct configuration *current = &defaults;

static void replace(void)
{
    struct configuration *next = malloc(sizeof *next);
    if (!next)
        return;
    next->level = 1;
    free(current); // bug: invalid-free
    current = next;
}

int main(void)
{
    if (!__ai_any_bool())
        replace();
    return 0;
}
