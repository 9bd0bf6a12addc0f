// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The target is a buffer or, when there is no name, a literal.
// witness: 1

#include "../ai.h"
#include <string.h>

int main(void)
{
    char buffer[16] = "somebody";
    char *name = __ai_any_bool() ? "nobody" : buffer;
    memset(name, '*', 3); // bug: write-to-constant
    return buffer[0] == '*';
}
