// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The pointer is used inside the block of its target.

#include "../ai.h"

int main(void)
{
    int fallback = 0;
    int *chosen = &fallback;
    int wanted = __ai_any_int();
    if (wanted > 5) {
        int clamped = 5;
        chosen = &clamped;
        fallback = *chosen; // safe: dangling-pointer
        chosen = &fallback;
    }
    return *chosen; // safe: dangling-pointer, null-dereference
}
