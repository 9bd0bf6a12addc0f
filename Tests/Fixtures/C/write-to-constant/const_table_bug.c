// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A constant table is changed through a pointer that lost its const.
// witness: 2

#include "../ai.h"

static const int limits[4] = {10, 20, 30, 40};

static void raise_limit(const int *limit)
{
    int *writable = (int *)limit;
    *writable = 50; // bug: write-to-constant
}

int main(void)
{
    raise_limit(&limits[__ai_any_uint() % 4]);
    return limits[0] == 10;
}
