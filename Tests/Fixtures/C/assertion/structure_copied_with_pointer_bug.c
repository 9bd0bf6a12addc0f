// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A copied structure shares what its pointers lead to.
// witness: 9

#include "../ai.h"

struct view {
    int *cells;
    unsigned count;
};

int main(void)
{
    int cells[2] = {1, 2};
    struct view view = {cells, 2};
    struct view copy = view;
    copy.cells[0] = __ai_any_int();
    __ai_assert(view.cells[0] == 1); // bug: assertion
    return 0;
}
