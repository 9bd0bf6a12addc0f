// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Characters go through unsigned char before the functions of ctype.h see them.

#include "../ai.h"
#include <ctype.h>

int main(void)
{
    char letter = __ai_any_char();
    return toupper((unsigned char)letter) == 'A'; // safe: library-precondition, out-of-bounds-read, misaligned-access
}
