// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function that allocates through a pointer to a pointer.

#include <stdlib.h>

static int open_buffer(char **out)
{
    *out = malloc(32); // safe: null-dereference, out-of-bounds-write
    return *out != NULL; // safe: null-dereference
}

int main(void)
{
    char *buffer = NULL;
    open_buffer(&buffer);
    if (buffer == NULL)
        return 1;
    buffer[31] = 0; // safe: null-dereference, out-of-bounds-write
    free(buffer);
    return 0;
}
