// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Reading strings. Every read is an ordinary load: a string without a terminator runs out of its object, or into
// uninitialised bytes, and is reported as that.
#ifndef AI_STRING_H
#define AI_STRING_H

#include "ai.h"

// The number of bytes before the terminator.
static inline unsigned long ai_length(const char *s)
{
    unsigned long i = 0;
    while (s[i] != 0)
        i++;
    return i;
}

// The same, reading at most n bytes.
static inline unsigned long ai_length_within(const char *s, unsigned long n)
{
    unsigned long i = 0;
    while (i < n && s[i] != 0)
        i++;
    return i;
}

// Any prefix of a string, the way a parser reads it: the end of the prefix is read too, nothing behind the terminator is.
static inline unsigned long ai_prefix(const char *s)
{
    unsigned long i = 0;
    while (s[i] != 0 && __ai_any_bool())
        i++;
    return i;
}

// Turns n > 0 bytes at s into any string: any bytes, and a terminator at the last of them or before.
static inline void ai_any_string(char *s, unsigned long n)
{
    __ai_write(s, n);
    s[n - 1] = 0;
}

// A comparison's result: the standard fixes only its sign.
static inline int ai_order(int x, int y)
{
    int result = __ai_any_int();
    __ai_assume(x < y ? result < 0 : x > y ? result > 0 : result == 0);
    return result;
}

#endif
