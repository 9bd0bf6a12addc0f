// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A string literal is changed in place.
// witness: 97

#include "../ai.h"

int main(void)
{
    char *name = "interval";
    char first = __ai_any_char();
    name[0] = first; // bug: write-to-constant
    return name[0] == 'I';
}
