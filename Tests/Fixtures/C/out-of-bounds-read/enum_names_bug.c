// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The count at the end of an enumeration is taken for a member.
// witness: 3

#include "../ai.h"

enum colour { red, green, blue, colour_count };

static char initial(enum colour colour)
{
    static const char letters[colour_count] = {'r', 'g', 'b'};
    return letters[colour]; // bug: out-of-bounds-read
}

int main(void)
{
    unsigned raw = __ai_any_uint();
    if (raw > colour_count)
        return 1;
    return initial((enum colour)raw) == 'g';
}
