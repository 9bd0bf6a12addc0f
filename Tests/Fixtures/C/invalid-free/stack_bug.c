// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A buffer that is on the heap only when the text is long.
// witness: 3

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    char small[16];
    unsigned length = __ai_any_uchar();
    char *text = length < sizeof small ? small : malloc(length + 1);
    if (!text)
        return 1;
    text[0] = 0;
    free(text); // bug: invalid-free
    return 0;
}
