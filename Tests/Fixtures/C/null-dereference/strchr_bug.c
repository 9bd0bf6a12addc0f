// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A separator that the text does not have.
// witness:
// bytes: 616263

#include "../ai.h"
#include <string.h>

int main(void)
{
    char text[4];
    __ai_any_bytes(text, 3);
    text[3] = 0;
    char *separator = strchr(text, '='); // safe: out-of-bounds-read
    *separator = 0; // bug: null-dereference
    return text[0];
}
