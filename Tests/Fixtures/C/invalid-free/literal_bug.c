// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A default value that is a string literal is freed like the others.
// witness: 0

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
    const char *name = "default";
    if (__ai_any_bool()) {
        char *copy = malloc(8);
        if (!copy)
            return 1;
        memcpy(copy, "custom!", 8); // safe: library-precondition
        name = copy;
    }
    free((void *)name); // bug: invalid-free
    return 0;
}
