// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer that is cleared after free may be freed again: free(NULL) does nothing.

#include "../ai.h"
#include <stdlib.h>

int main(void)
{
    char *buffer = malloc(16);
    if (__ai_any_bool()) {
        free(buffer); // safe: invalid-free
        buffer = NULL;
    }
    free(buffer); // imprecise: invalid-free
    return 0;
}
