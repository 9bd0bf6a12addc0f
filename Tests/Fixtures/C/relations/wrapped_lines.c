// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Words are set into lines of limited width: the column never passes the width, which is not known before.

#include "../ai.h"

static char screen[132];

static int put_word(int column, int width, int length)
{
    int needed = column > 0 ? length + 1 : length;
    if (column + needed > width)
        return -1;
    if (column > 0)
        screen[column++] = ' '; // safe: out-of-bounds-write, signed-overflow
    for (; length > 0; length--)
        screen[column++] = 'x'; // safe: signed-overflow // imprecise: out-of-bounds-write
    return column;
}

int main(void)
{
    int width = __ai_any_int(), column = 0, lines = 0;
    if (width < 1 || width > 132)
        return 1;
    while (lines < 50 && __ai_any_bool()) {
        int next = put_word(column, width, 1 + __ai_any_uchar() % 20);
        if (next < 0) {
            lines++; // safe: signed-overflow
            column = 0;
            continue;
        }
        __ai_assert(column < next && next <= width); // imprecise: assertion
        column = next;
        screen[column - 1] = '.'; // safe: out-of-bounds-write
    }
    return lines;
}
