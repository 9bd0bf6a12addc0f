// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer to const may point to an object that is not const; the cast back is legal.

#include "../ai.h"

static int limits[4] = {10, 20, 30, 40};

static void raise_limit(const int *limit)
{
    int *writable = (int *)limit;
    *writable = 50; // safe: write-to-constant, out-of-bounds-write
}

int main(void)
{
    raise_limit(&limits[__ai_any_uint() % 4]);
    return limits[0] == 10;
}
