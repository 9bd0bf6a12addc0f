// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Bytes at an unknown place inside of integers are cleared.
// witness: 3

#include "../ai.h"

int main(void)
{
    int a[2] = {256, 256};
    unsigned i = __ai_any_uint() % 4;
    ((char *)a)[i + 1] = 0;
    ((char *)a)[1] = 0;
    return 1 / a[0]; // bug: division-by-zero
}
