// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A helper that compares four bytes is handed a single char.
// witness:

#include <stdlib.h>
#include <string.h>

static int is_one(const void *p)
{
    return memcmp(p, "\1\0\0\0", 4); // bug: out-of-bounds-read
}

int main(void)
{
    char *flag = malloc(1);
    if (!flag)
        return 1;
    *flag = 1;
    return is_one(flag);
}
