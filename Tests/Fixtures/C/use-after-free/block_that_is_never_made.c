// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// While the analysis looks for the counter's bound it passes through a call that no execution makes. The block that the
// call would give is no target of the pointer, and never was.

#include <stdlib.h>

#include "../ai.h"

int main(void)
{
    int own = 0, *target = &own;
    unsigned rounds = (__ai_any_uint() & 4095) + 5000, limit = 80000 - (__ai_any_uint() & 65535), i = 0;
    for (;;) {
        if (i > limit) {
            target = malloc(sizeof *target);
            if (!target)
                _Exit(1);
        }
        if (i >= rounds)
            break;
        *target = 1; // safe: use-after-free, null-dereference, out-of-bounds-write
        i++;
    }
    _Exit(0);
}
