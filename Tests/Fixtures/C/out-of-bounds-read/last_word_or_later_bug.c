// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// From offset 12 on only the word at 12 lies inside, and it is aligned; those behind it need not be.
// witness: 4

#include "../ai.h"

int main(void)
{
    _Alignas(4) unsigned char bytes[16] = {0};
    unsigned offset = 12 + __ai_any_uint() % 5;
    return *(int *)(bytes + offset); // bug: out-of-bounds-read // imprecise: misaligned-access
}
