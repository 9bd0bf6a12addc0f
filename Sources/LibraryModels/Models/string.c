// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <string.h>: copying, comparing and measuring. Lengths come from reading the strings byte by byte; then one range
// operation moves the bytes. The real functions may move more bytes at a time, which no C program can observe.
#define _GNU_SOURCE
#include <string.h>

#include "ai_string.h"

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
    ai_require_pointer(to, n);
    ai_require_pointer(from, n);
    ai_require_disjoint(to, n, from, n);
    __ai_copy(to, from, n);
    return to;
}

void *mempcpy(void *restrict to, const void *restrict from, size_t n)
{
    ai_require_pointer(to, n);
    ai_require_pointer(from, n);
    ai_require_disjoint(to, n, from, n);
    __ai_copy(to, from, n);
    return (char *)to + n;
}

void *memmove(void *to, const void *from, size_t n)
{
    ai_require_pointer(to, n);
    ai_require_pointer(from, n);
    __ai_copy(to, from, n);
    return to;
}

void *memccpy(void *restrict to, const void *restrict from, int c, size_t n)
{
    const unsigned char *bytes = from;
    ai_require_pointer(to, n);
    ai_require_pointer(from, n);
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == (unsigned char)c) {
            ai_require_disjoint(to, i + 1, from, i + 1);
            __ai_copy(to, from, i + 1);
            return (char *)to + i + 1;
        }
    }
    ai_require_disjoint(to, n, from, n);
    __ai_copy(to, from, n);
    return NULL;
}

void *memset(void *p, int byte, size_t n)
{
    ai_require_pointer(p, n);
    // What the block then holds is known of a byte that is written here as a constant.
    if ((unsigned char)byte == 0)
        __ai_fill(p, 0, n);
    else if ((unsigned char)byte == 255)
        __ai_fill(p, 255, n);
    else
        __ai_fill(p, byte, n);
    return p;
}

// C11 7.24.4.1 compares "the first n characters", and glibc reads them in blocks: all n must be readable.
int memcmp(const void *a, const void *b, size_t n)
{
    const unsigned char *x = a, *y = b;
    ai_require_pointer(a, n);
    ai_require_pointer(b, n);
    __ai_read(a, n);
    __ai_read(b, n);
    for (size_t i = 0; i < n; i++)
        if (x[i] != y[i])
            return ai_order(x[i], y[i]);
    return 0;
}

size_t strlen(const char *s)
{
    return ai_length(s);
}

size_t strnlen(const char *s, size_t n)
{
    ai_require_pointer(s, n);
    return ai_length_within(s, n);
}

char *strcpy(char *restrict to, const char *restrict from)
{
    size_t n = ai_length(from) + 1;
    ai_require_disjoint(to, n, from, n);
    __ai_copy(to, from, n);
    return to;
}

char *stpcpy(char *restrict to, const char *restrict from)
{
    size_t n = ai_length(from) + 1;
    ai_require_disjoint(to, n, from, n);
    __ai_copy(to, from, n);
    return to + (n - 1);
}

// C11 7.24.2.4: no terminator where the source has n bytes or more, zeros up to n where it has fewer.
static void copy_padded(char *to, const char *from, size_t length, size_t n)
{
    ai_require_pointer(to, n);
    ai_require_pointer(from, n);
    ai_require_disjoint(to, n, from, length < n ? length + 1 : n);
    __ai_copy(to, from, length);
    __ai_fill(to + length, 0, n - length);
}

char *strncpy(char *restrict to, const char *restrict from, size_t n)
{
    copy_padded(to, from, ai_length_within(from, n), n);
    return to;
}

char *stpncpy(char *restrict to, const char *restrict from, size_t n)
{
    size_t length = ai_length_within(from, n);
    copy_padded(to, from, length, n);
    return to + length;
}

char *strcat(char *restrict to, const char *restrict from)
{
    size_t used = ai_length(to), n = ai_length(from) + 1;
    ai_require_disjoint(to, used + n, from, n);
    __ai_copy(to + used, from, n);
    return to;
}

// At most n bytes of the source and always a terminator (C11 7.24.3.2).
char *strncat(char *restrict to, const char *restrict from, size_t n)
{
    size_t used = ai_length(to), length = ai_length_within(from, n);
    ai_require_pointer(from, n);
    ai_require_disjoint(to, used + length + 1, from, length < n ? length + 1 : n);
    __ai_copy(to + used, from, length);
    to[used + length] = 0;
    return to;
}

int strcmp(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] != 0 && a[i] == b[i])
        i++;
    return ai_order((unsigned char)a[i], (unsigned char)b[i]);
}

int strncmp(const char *a, const char *b, size_t n)
{
    ai_require_pointer(a, n);
    ai_require_pointer(b, n);
    for (size_t i = 0; i < n; i++)
        if (a[i] == 0 || a[i] != b[i])
            return ai_order((unsigned char)a[i], (unsigned char)b[i]);
    return 0;
}

// The order is the locale's; reading both strings to the end covers every collation.
int strcoll(const char *a, const char *b)
{
    ai_length(a);
    ai_length(b);
    return __ai_any_int();
}

// The transformed string's length is the locale's; at most n bytes of it are stored, unspecified where it does not fit.
size_t strxfrm(char *restrict to, const char *restrict from, size_t n)
{
    size_t length = __ai_any_ulong(), read = ai_length(from) + 1;
    ai_require_disjoint(to, length < n ? length + 1 : n, from, read);
    if (length < n) {
        __ai_write(to, length);
        to[length] = 0;
    } else {
        __ai_write(to, ai_up_to(n));
    }
    return length;
}
