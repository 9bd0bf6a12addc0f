// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer is copied by memcpy as a whole and still leads to its object.

#include "../ai.h"
#include <string.h>

int main(void)
{
    int target = 3;
    int *pointer = &target;
    int *copy;
    memcpy(&copy, &pointer, sizeof copy); // safe: out-of-bounds-write, out-of-bounds-read, library-precondition
    *copy = 4; // safe: null-dereference, uninitialized-read, out-of-bounds-write, dangling-pointer
    __ai_assert(target == 4); // safe: assertion
    return 0;
}
