// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The index of the greatest element.

#include "../ai.h"
#include <stdlib.h>

static size_t greatest(const int *values, size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        if (values[i] > values[best]) // safe: out-of-bounds-read, uninitialized-read
            best = i;
    }
    return best;
}

int main(void)
{
    size_t count = 1 + (size_t)__ai_any_uchar();
    int *values = calloc(count, sizeof *values); // safe: out-of-bounds-write
    if (!values)
        return 1;
    int answer = values[greatest(values, count)]; // safe: out-of-bounds-read, uninitialized-read
    free(values);
    return answer;
}
