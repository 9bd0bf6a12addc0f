// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A copy of nothing still needs valid pointers.
// witness: 0

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
    static const char source[8] = "abc";
    unsigned count = __ai_any_uint() % 8;
    char *target = count > 0 ? malloc(8) : NULL;
    if (count > 0 && target == NULL)
        return 1;
    memcpy(target, source, count); // bug: library-precondition // imprecise: null-dereference
    free(target);
    return 0;
}
