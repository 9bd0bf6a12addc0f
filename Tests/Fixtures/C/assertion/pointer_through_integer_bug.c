// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A write through a pointer that went through an integer reaches its object.
// witness: 6

#include "../ai.h"
#include <stdint.h>

int main(void)
{
    int object = 5;
    uintptr_t address = (uintptr_t)&object + 0;
    int *back = (int *)address;
    *back = __ai_any_int(); // imprecise: null-dereference, out-of-bounds-write, misaligned-access, write-to-constant, dangling-pointer, use-after-free
    __ai_assert(object == 5); // bug: assertion // safe: uninitialized-read
    return 0;
}
