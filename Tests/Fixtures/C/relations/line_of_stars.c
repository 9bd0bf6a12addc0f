// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A line of a given width in a local array, ended by a zero.

#include "../ai.h"

int main(void)
{
    char line[81];
    unsigned width = __ai_any_uint(), i = 0;
    if (width > 80)
        width = 80;
    while (i < width)
        line[i++] = '*';
    line[i] = 0;
    unsigned stars = 0;
    for (unsigned k = 0; k < width; k++)
        stars += line[k] == '*'; // safe: uninitialized-read
    return stars == 4;
}
