// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An offset is added to a null pointer.
// witness: 0, 4

#include "../ai.h"
#include <stddef.h>

static char storage[16];

int main(void)
{
    char *base = __ai_any_bool() ? storage : NULL;
    unsigned offset = __ai_any_uint();
    __ai_assume(offset > 0 && offset < 16);
    char *field = base + offset; // bug: pointer-arithmetic
    return field == storage;
}
