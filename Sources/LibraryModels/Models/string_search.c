// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <string.h>: searching. Each loop reads what the standard lets the function read, in order, and stops where it stops.
#define _GNU_SOURCE
#include <string.h>

#include "ai_string.h"

// C11 7.24.5.1: as if the bytes were read one after the other until a match.
void *memchr(const void *p, int c, size_t n)
{
    const unsigned char *bytes = p;
    ai_require_pointer(p, n);
    for (size_t i = 0; i < n; i++)
        if (bytes[i] == (unsigned char)c)
            return (void *)(bytes + i);
    return NULL;
}

// The length is not given: the search runs until it matches.
void *rawmemchr(const void *p, int c)
{
    const unsigned char *bytes = p;
    size_t i = 0;
    while (bytes[i] != (unsigned char)c)
        i++;
    return (void *)(bytes + i);
}

void *memrchr(const void *p, int c, size_t n)
{
    const unsigned char *bytes = p;
    ai_require_pointer(p, n);
    for (size_t i = n; i > 0; i--)
        if (bytes[i - 1] == (unsigned char)c)
            return (void *)(bytes + i - 1);
    return NULL;
}

void *memmem(const void *p, size_t n, const void *wanted, size_t m)
{
    ai_require_pointer(p, n);
    ai_require_pointer(wanted, m);
    __ai_read(p, n);
    __ai_read(wanted, m);
    if (m > n || (m > 0 && __ai_any_bool()))
        return NULL;
    return (char *)p + (m == 0 ? 0 : ai_up_to(n - m));
}

char *strchr(const char *s, int c)
{
    size_t i = 0;
    while (s[i] != (char)c) {
        if (s[i] == 0)
            return NULL;
        i++;
    }
    return (char *)s + i;
}

char *strchrnul(const char *s, int c)
{
    size_t i = 0;
    while (s[i] != 0 && s[i] != (char)c)
        i++;
    return (char *)s + i;
}

char *strrchr(const char *s, int c)
{
    for (size_t i = ai_length(s) + 1; i > 0; i--)
        if (s[i - 1] == (char)c)
            return (char *)s + i - 1;
    return NULL;
}

// Whether c, not the terminator, is in the set.
static _Bool contains(const char *set, char c)
{
    size_t i = 0;
    while (set[i] != 0) {
        if (set[i] == c)
            return 1;
        i++;
    }
    return 0;
}

size_t strspn(const char *s, const char *set)
{
    size_t i = 0;
    ai_length(set);
    while (s[i] != 0 && contains(set, s[i]))
        i++;
    return i;
}

size_t strcspn(const char *s, const char *set)
{
    size_t i = 0;
    ai_length(set);
    while (s[i] != 0 && !contains(set, s[i]))
        i++;
    return i;
}

char *strpbrk(const char *s, const char *set)
{
    size_t i = 0;
    ai_length(set);
    while (s[i] != 0) {
        if (contains(set, s[i]))
            return (char *)s + i;
        i++;
    }
    return NULL;
}

// Both strings are read to the end; where the match lies, and whether there is one, is left open except that it fits.
char *strstr(const char *s, const char *wanted)
{
    size_t n = ai_length(s), m = ai_length(wanted);
    if (m == 0)
        return (char *)s;
    if (m > n || __ai_any_bool())
        return NULL;
    return (char *)s + ai_up_to(n - m);
}

char *strcasestr(const char *s, const char *wanted)
{
    size_t n = ai_length(s), m = ai_length(wanted);
    if (m == 0)
        return (char *)s;
    if (m > n || __ai_any_bool())
        return NULL;
    return (char *)s + ai_up_to(n - m);
}

// C11 7.24.5.8. Nothing is kept behind the string's end, so that the next call finds no token.
static char *next_token(char *s, const char *set, char **rest)
{
    size_t begin = 0, end;
    if (s == NULL)
        s = *rest;
    ai_length(set);
    while (s[begin] != 0 && contains(set, s[begin]))
        begin++;
    if (s[begin] == 0) {
        *rest = s + begin;
        return NULL;
    }
    end = begin + 1;
    while (s[end] != 0 && !contains(set, s[end]))
        end++;
    if (s[end] != 0) {
        s[end] = 0;
        *rest = s + end + 1;
    } else {
        *rest = s + end;
    }
    return s + begin;
}

char *strtok_r(char *restrict s, const char *restrict set, char **restrict rest)
{
    return next_token(s, set, rest);
}

// A first call with a null pointer finds no saved position: reading through it is the null dereference it is.
char *strtok(char *restrict s, const char *restrict set)
{
    static char *saved;
    return next_token(s, set, &saved);
}

char *strsep(char **restrict position, const char *restrict set)
{
    char *s = *position;
    size_t i = 0;
    if (s == NULL)
        return NULL;
    ai_length(set);
    while (s[i] != 0 && !contains(set, s[i]))
        i++;
    if (s[i] != 0) {
        s[i] = 0;
        *position = s + i + 1;
    } else {
        *position = NULL;
    }
    return s;
}
