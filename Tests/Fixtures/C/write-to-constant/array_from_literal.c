// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An array initialised by a literal is the program's own.

#include "../ai.h"

int main(void)
{
    char name[] = "interval";
    char first = __ai_any_char();
    name[0] = first; // safe: write-to-constant, out-of-bounds-write
    return name[0] == 'I';
}
