// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The elements from one index up to another are set, if both lie in order inside.

#include "../ai.h"
#include <stdlib.h>

static void set(char *flags, unsigned count, unsigned from, unsigned to)
{
    if (from > to || to > count)
        return;
    for (unsigned i = from; i < to; i++)
        flags[i] = 1; // safe: out-of-bounds-write
}

int main(void)
{
    unsigned count = __ai_any_ushort();
    char *flags = malloc(count);
    if (!flags)
        return 1;
    set(flags, count, __ai_any_uint(), __ai_any_uint());
    free(flags);
    return 0;
}
