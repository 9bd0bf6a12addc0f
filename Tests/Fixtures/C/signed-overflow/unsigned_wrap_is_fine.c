// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A checksum in unsigned arithmetic wraps; that is what it is meant to do.

#include "../ai.h"

int main(void)
{
    unsigned hash = 2166136261u;
    for (int i = 0; i < 100; i++) { // safe: signed-overflow
        hash ^= __ai_any_uchar();
        hash *= 16777619u;
    }
    unsigned before = 0u - 1u;
    return hash == before;
}
