// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Memory of alloca outlives the block that took it.

#include "../ai.h"

int main(void)
{
    unsigned length = __ai_any_uint() % 8 + 2;
    char small[2] = {0, 0};
    char *text = small;
    if (__ai_any_bool()) {
        text = __builtin_alloca(length);
        text[0] = 'a'; // safe: out-of-bounds-write, dangling-pointer
        text[1] = 0; // safe: out-of-bounds-write, dangling-pointer
    }
    return text[1]; // safe: dangling-pointer, out-of-bounds-read, null-dereference // imprecise: uninitialized-read
}
