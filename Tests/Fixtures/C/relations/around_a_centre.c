// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two indices move apart from a centre until one of them reaches an end.

#include "../ai.h"

static char text[4096];

static int radius(int length, int centre)
{
    int low = centre - 1, high = centre + 1;
    while (low >= 0 && high < length && text[low] == text[high]) { // safe: out-of-bounds-read
        low--; // safe: signed-overflow
        high++; // safe: signed-overflow
    }
    __ai_assert(low + high == 2 * centre); // safe: signed-overflow, assertion
    return high - centre - 1; // safe: signed-overflow
}

int main(void)
{
    __ai_any_bytes(text, sizeof text);
    int length = __ai_any_int(), centre = __ai_any_int();
    if (length > 4096 || centre < 0 || centre >= length)
        return 1;
    int around = radius(length, centre);
    return text[centre + around] == text[centre - around]; // safe: out-of-bounds-read
}
