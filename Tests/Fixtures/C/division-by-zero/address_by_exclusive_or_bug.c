// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer that is computed from the exclusive or of two addresses.
// witness:

#include <stdint.h>

int main(void)
{
    int a = 1, b = 1;
    uintptr_t k = (uintptr_t)&a ^ (uintptr_t)&b;
    int *p = (int *)(k ^ (uintptr_t)&a);
    *p = 0; // imprecise: null-dereference, use-after-free, dangling-pointer, out-of-bounds-write, misaligned-access, write-to-constant
    return 1 / b; // bug: division-by-zero
}
