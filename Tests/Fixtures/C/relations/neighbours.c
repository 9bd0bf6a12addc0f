// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Each element is compared with the one before it.

#include "../ai.h"
#include <stdlib.h>

static int is_sorted(const int *values, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (values[i - 1] > values[i]) // safe: out-of-bounds-read, uninitialized-read
            return 0;
    }
    return 1;
}

int main(void)
{
    size_t count = __ai_any_ushort();
    int *values = calloc(count, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    int answer = is_sorted(values, count);
    free(values);
    return answer;
}
