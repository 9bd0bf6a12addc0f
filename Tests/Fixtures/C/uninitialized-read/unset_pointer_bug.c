// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer is set on one path only, and then followed.
// witness: 0

#include "../ai.h"

int main(void)
{
    static int storage = 4;
    int *pointer;
    if (__ai_any_bool())
        pointer = &storage;
    if (pointer != 0) // bug: uninitialized-read
        return 1;
    return 0;
}
