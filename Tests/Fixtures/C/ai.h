// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The analyser's intrinsics, as the fixtures use them.
//
// The analyser knows them by name. With -DAI_NATIVE each has a body, so that a fixture is also an ordinary program.
// A native run draws its values from the environment:
//   AI_VALUES="3,-1,2.5"  the values of the any-calls, in the order of the calls; running out of them is an error;
//   AI_BYTES="00ff41"     the bytes that __ai_any_bytes stores, in hexadecimal; zeros after their end;
//   AI_SEED=N             without AI_VALUES: pseudo-random values and bytes.
// It ends with status 77 at a broken __ai_assume, and aborts at a failed __ai_assert.
#ifndef AI_H
#define AI_H

#ifndef AI_NATIVE

_Bool __ai_any_bool(void);
char __ai_any_char(void);
unsigned char __ai_any_uchar(void);
short __ai_any_short(void);
unsigned short __ai_any_ushort(void);
int __ai_any_int(void);
unsigned __ai_any_uint(void);
long __ai_any_long(void);
unsigned long __ai_any_ulong(void);
long long __ai_any_longlong(void);
unsigned long long __ai_any_ulonglong(void);
float __ai_any_float(void);
double __ai_any_double(void);
void __ai_any_bytes(void *p, unsigned long n);
void __ai_assume(int c);
void __ai_assert(int c);

#else

#include <stdio.h>
#include <stdlib.h>

static const char *ai_next_value, *ai_next_byte;
static unsigned long long ai_state, ai_seed;

static inline void ai_fail(const char *message, int status)
{
    fprintf(stderr, "ai: %s\n", message);
    exit(status);
}

// Marsaglia's xorshift64.
static inline unsigned long long ai_random(void)
{
    if (ai_state == 0) {
        const char *seed = getenv("AI_SEED");
        ai_seed = seed ? strtoull(seed, NULL, 10) : 0;
        ai_state = (ai_seed + 1) * 0x9e3779b97f4a7c15ULL;
    }
    ai_state ^= ai_state << 13;
    ai_state ^= ai_state >> 7;
    ai_state ^= ai_state << 17;
    return ai_state;
}

// A number for a type of so many bits: often small, or an extreme of the type, or near a power of two. There programs go
// wrong. The seeds 1 and 2 draw nothing but the largest and nothing but the smallest value.
static inline unsigned long long ai_random_integer(unsigned bits, int is_signed)
{
    unsigned long long kind = ai_random() >> 32 & 7, value = ai_random() >> 8;
    unsigned long long largest = ~0ULL >> (64 - bits + is_signed), smallest = is_signed ? 1ULL << (bits - 1) : 0;
    if (ai_seed == 1 || kind == 0)
        return largest;
    if (ai_seed == 2 || kind == 1)
        return smallest;
    if (kind < 5)
        return value % 14 - (is_signed ? 2 : 0);
    if (kind == 5)
        return value % 512 - 128;
    if (kind == 6)
        return (1ULL << value % bits) + (value >> 8) % 3 - 1;
    return ai_random() ^ value << 40;
}

static inline double ai_random_double(void)
{
    double scale[] = {0, 1, 0.001, 1000, 1e9, 1e20, 1e300, -1};
    return scale[ai_random() >> 32 & 7] * ((double)(long long)ai_random() / 9.2e18);
}

// The text of the next value, or NULL when values are random.
static inline const char *ai_take(void)
{
    if (ai_next_value == NULL && (ai_next_value = getenv("AI_VALUES")) == NULL)
        return NULL;
    while (*ai_next_value == ',' || *ai_next_value == ' ')
        ai_next_value++;
    if (*ai_next_value == 0)
        ai_fail("the witness has too few values", 78);
    return ai_next_value;
}

static inline unsigned long long ai_integer(unsigned bits, int is_signed)
{
    char *end;
    const char *text = ai_take();
    if (text == NULL)
        return ai_random_integer(bits, is_signed);
    unsigned long long value = strtoull(text, &end, 10); // accepts a minus sign
    ai_next_value = end;
    return value;
}

static inline double ai_double(void)
{
    char *end;
    const char *text = ai_take();
    if (text == NULL)
        return ai_random_double();
    double value = strtod(text, &end);
    ai_next_value = end;
    return value;
}

// A random truth value takes no part in the extremes: loops go on while one is true.
static inline _Bool __ai_any_bool(void)
{
    return getenv("AI_VALUES") ? (_Bool)(ai_integer(64, 0) & 1) : (ai_random() >> 32 & 7) > 1;
}

static inline char __ai_any_char(void) { return (char)ai_integer(8, 1); }
static inline unsigned char __ai_any_uchar(void) { return (unsigned char)ai_integer(8, 0); }
static inline short __ai_any_short(void) { return (short)ai_integer(16, 1); }
static inline unsigned short __ai_any_ushort(void) { return (unsigned short)ai_integer(16, 0); }
static inline int __ai_any_int(void) { return (int)ai_integer(32, 1); }
static inline unsigned __ai_any_uint(void) { return (unsigned)ai_integer(32, 0); }
static inline long __ai_any_long(void) { return (long)ai_integer(64, 1); }
static inline unsigned long __ai_any_ulong(void) { return (unsigned long)ai_integer(64, 0); }
static inline long long __ai_any_longlong(void) { return (long long)ai_integer(64, 1); }
static inline unsigned long long __ai_any_ulonglong(void) { return ai_integer(64, 0); }
static inline float __ai_any_float(void) { return (float)ai_double(); }
static inline double __ai_any_double(void) { return ai_double(); }

static inline unsigned char ai_byte(void)
{
    if (ai_next_byte == NULL && (ai_next_byte = getenv("AI_BYTES")) == NULL)
        return getenv("AI_VALUES") ? 0 : (unsigned char)(ai_random() >> 32);
    if (ai_next_byte[0] == 0 || ai_next_byte[1] == 0)
        return 0;
    char digits[] = {ai_next_byte[0], ai_next_byte[1], 0};
    ai_next_byte += 2;
    return (unsigned char)strtoul(digits, NULL, 16);
}

static inline void __ai_any_bytes(void *p, unsigned long n)
{
    for (unsigned long i = 0; i < n; i++)
        ((unsigned char *)p)[i] = ai_byte();
}

static inline void __ai_assume(int c)
{
    if (!c)
        ai_fail("the input breaks an assumption of the fixture", 77);
}

static inline void ai_assert_at(int c, const char *file, int line)
{
    if (!c) {
        fprintf(stderr, "%s:%d:1: runtime error: assertion failed\n", file, line);
        abort();
    }
}
#define __ai_assert(c) ai_assert_at((c), __FILE__, __LINE__)

#endif // AI_NATIVE
#endif // AI_H
