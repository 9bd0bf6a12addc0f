// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Of two blocks from one place, the older is freed and used.
// witness:

#include <stdlib.h>

int main(void)
{
    int *blocks[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        blocks[i] = malloc(sizeof(int));
        if (!blocks[i])
            return 1;
        *blocks[i] = i; // safe: null-dereference
    }
    free(blocks[0]);
    *blocks[1] = 3; // safe: null-dereference, use-after-free
    *blocks[0] = 4; // safe: null-dereference // bug: use-after-free
    return 0;
}
