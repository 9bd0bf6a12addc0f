// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A switch with case ranges, fallthrough and a default in the middle.

#include "../ai.h"

static int classify(int c)
{
    int kind = 0;
    switch (c) {
    case '0' ... '9':
        kind = 1;
        break;
    default:
        kind = 9;
        break;
    case 'a' ... 'f':
        kind += 1;
        /* falls through */
    case 'A' ... 'F':
        kind += 2;
    }
    return kind;
}

int main(void)
{
    __ai_assert(classify('7') == 1); // safe: assertion
    __ai_assert(classify('c') == 3); // safe: assertion
    __ai_assert(classify('F') == 2); // safe: assertion
    __ai_assert(classify('-') == 9); // safe: assertion
    return 0;
}
