// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An unsigned difference wraps around and becomes a huge index.
// witness: 0

#include "../ai.h"

int main(void)
{
    static unsigned char log[32];
    unsigned end = __ai_any_uint() % 33;
    log[end - 1] = '\n'; // bug: out-of-bounds-write
    return log[0];
}
