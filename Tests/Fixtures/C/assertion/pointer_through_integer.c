// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer goes through an integer of its size and back.

#include "../ai.h"
#include <stdint.h>

int main(void)
{
    int object = 5;
    uintptr_t address = (uintptr_t)&object;
    int *back = (int *)address;
    if (back != &object)
        return 1;
    *back = 6; // imprecise: null-dereference, out-of-bounds-write, misaligned-access, write-to-constant, dangling-pointer, use-after-free
    __ai_assert(object == 6); // safe: uninitialized-read // imprecise: assertion
    return 0;
}
