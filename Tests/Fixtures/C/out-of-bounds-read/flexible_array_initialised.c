// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Static objects whose flexible arrays are filled by a list and by a string.

#include "../ai.h"

struct table {
    int count;
    int entries[];
};

struct name {
    char length;
    char text[];
};

static struct table squares = {3, {1, 4, 9}};
static const struct name title = {2, "ab"};

int main(void)
{
    int sum = 0;
    for (int i = 0; i < 3; i++)
        sum ^= squares.entries[i]; // safe: out-of-bounds-read, uninitialized-read
    __ai_assert(title.text[2] == 0); // safe: assertion, out-of-bounds-read
    return sum;
}
