// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The array that is written contains the index of the next write.
// witness: 100

#include "../ai.h"

struct cursor {
    unsigned char values[4];
    unsigned position;
};

int main(void)
{
    struct cursor cursor = {{0}, 0};
    unsigned *position = &cursor.position;
    unsigned next = __ai_any_uchar();
    if (cursor.position < 4)
        *position = next;
    cursor.values[cursor.position] = 1; // bug: out-of-bounds-write
    return 0;
}
