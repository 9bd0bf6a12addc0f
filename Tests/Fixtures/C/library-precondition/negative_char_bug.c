// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Plain characters above 127 are negative, and the functions of ctype.h do not take them.
// confirmed-by: reasoning - C11 7.4p1
// witness: -61

#include "../ai.h"
#include <ctype.h>

int main(void)
{
    char letter = __ai_any_char();
    return toupper(letter) == 'A'; // bug: library-precondition // safe: misaligned-access
}
