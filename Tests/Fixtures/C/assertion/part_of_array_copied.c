// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What is known of the elements of an array goes along with a part of it.

#include <string.h>

#include "../ai.h"

int main(void)
{
    int all[200] = {0}, part[60], end[10];
    for (int i = 0; i < 200; i++)
        all[i] = i % 10 + 1;
    memcpy(part, all + 30, sizeof part);
    __ai_assert(part[__ai_any_uint() % 60] <= 10); // safe: assertion
    __ai_assert(part[0] <= 10);  // safe: assertion
    __ai_assert(part[59] <= 10); // safe: assertion
    memcpy(end, &all[190], sizeof end);
    __ai_assert(end[9] >= 0); // safe: assertion
    return 0;
}
