// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// What printf writes is a value that one path does not set: no instruction of the model needs it.
// witness: 0
#include <stdio.h>

#include "../ai.h"

int main(void)
{
    int level;
    if (__ai_any_bool())
        level = 3;
    printf("%d\n", level); // bug: uninitialized-read
    return 0;
}
