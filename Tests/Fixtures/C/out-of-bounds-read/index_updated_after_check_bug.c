// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The index moves between its check and its use.
// witness: 7

#include "../ai.h"

int main(void)
{
    static const int table[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    unsigned i = __ai_any_uint();
    if (i < 8 && table[i] == 8) // safe: out-of-bounds-read
        return table[i + 1]; // bug: out-of-bounds-read
    return 0;
}
