// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Designated, nested and range initialisers; later ones win.

#include "../ai.h"

struct entry {
    int key;
    int values[4];
};

int main(void)
{
    struct entry table[3] = {
        [1] = {.key = 7, .values = {1, [2] = 3}},
        [2].key = 9,
        [2].values[1] = 4,
    };
    int spans[10] = {[0 ... 4] = 1, [3] = 8, 2};
    __ai_assert(table[0].key == 0); // safe: assertion
    __ai_assert(table[1].values[2] == 3 && table[1].values[3] == 0); // safe: assertion
    __ai_assert(table[2].key == 9 && table[2].values[1] == 4); // safe: assertion
    __ai_assert(spans[2] == 1 && spans[3] == 8 && spans[4] == 2 && spans[5] == 0); // safe: assertion
    return 0;
}
