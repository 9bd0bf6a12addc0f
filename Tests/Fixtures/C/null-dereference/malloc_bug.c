// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The result of malloc is used without a check: a request this large fails.
// witness: 1000000000000000

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    unsigned long size = __ai_any_ulong();
    __ai_assume(size >= 8 && size < 2000000000000000);
    int *block = malloc(size);
    *block = 1; // bug: null-dereference
    free(block);
    return 0;
}
