// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <strings.h>: comparisons that ignore case by the locale's tables, and the old names of <string.h>.
#define _GNU_SOURCE
#include <strings.h>

#include "ai_locale.h"
#include "ai_string.h"

static int lower(char c)
{
    return __ai_ctype_lower[(unsigned char)c];
}

int strcasecmp(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] != 0 && lower(a[i]) == lower(b[i]))
        i++;
    return ai_order(lower(a[i]), lower(b[i]));
}

int strncasecmp(const char *a, const char *b, size_t n)
{
    ai_require_pointer(a, n);
    ai_require_pointer(b, n);
    for (size_t i = 0; i < n; i++)
        if (a[i] == 0 || lower(a[i]) != lower(b[i]))
            return ai_order(lower(a[i]), lower(b[i]));
    return 0;
}

void bzero(void *p, size_t n)
{
    ai_require_pointer(p, n);
    __ai_fill(p, 0, n);
}

void bcopy(const void *from, void *to, size_t n)
{
    ai_require_pointer(to, n);
    ai_require_pointer(from, n);
    __ai_copy(to, from, n);
}

int ffs(int i)
{
    return i == 0 ? 0 : ai_between(1, 32);
}
