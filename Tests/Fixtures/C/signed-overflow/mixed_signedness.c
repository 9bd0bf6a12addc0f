// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A signed operand becomes unsigned beside an unsigned one: no signed arithmetic is left.

#include "../ai.h"

int main(void)
{
    int offset = __ai_any_int();
    unsigned base = __ai_any_uint();
    unsigned address = base + offset;
    long long difference = (long long)address - (long long)base; // safe: signed-overflow
    return difference == offset;
}
