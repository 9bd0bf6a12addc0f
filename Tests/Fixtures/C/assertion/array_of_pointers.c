// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An array of pointers: a write through one of them changes one of the targets.

#include "../ai.h"

int main(void)
{
    int first = 1, second = 2, third = 3;
    int *table[3] = {&first, &second, &third};
    unsigned choice = __ai_any_uint() % 3;
    *table[choice] = 10; // safe: out-of-bounds-read, use-after-free, misaligned-access, dangling-pointer, write-to-constant, out-of-bounds-write, null-dereference
    __ai_assert(first == 1 || first == 10); // safe: assertion, uninitialized-read
    __ai_assert(first >= 1 && first <= 10); // safe: assertion
    __ai_assert(third >= 3); // safe: assertion, uninitialized-read
    return 0;
}
