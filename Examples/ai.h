// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The inputs of the examples.
//
// ai-check knows these functions by name and takes every value for possible. With -DAI_NATIVE they have bodies that draw
// pseudo-random values, so that each example is also an ordinary program: AI_SEED=N in the environment chooses the run.
#ifndef AI_H
#define AI_H

#ifndef AI_NATIVE

_Bool __ai_any_bool(void);
unsigned char __ai_any_uchar(void);
unsigned short __ai_any_ushort(void);
unsigned __ai_any_uint(void);
void __ai_any_bytes(void *p, unsigned long n);

#else

#include <stdlib.h>

// Marsaglia's xorshift64.
static inline unsigned ai_random(void)
{
    static unsigned long long state;
    if (state == 0) {
        const char *seed = getenv("AI_SEED");
        state = ((seed ? strtoull(seed, NULL, 10) : 0) + 1) * 0x9e3779b97f4a7c15ULL;
    }
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 32);
}

// True 63 times in 64: the examples go on while it is.
static inline _Bool __ai_any_bool(void) { return ai_random() % 64 != 0; }
static inline unsigned char __ai_any_uchar(void) { return (unsigned char)ai_random(); }
static inline unsigned short __ai_any_ushort(void) { return (unsigned short)ai_random(); }
static inline unsigned __ai_any_uint(void) { return ai_random(); }

static inline void __ai_any_bytes(void *p, unsigned long n)
{
    for (unsigned long i = 0; i < n; i++)
        ((unsigned char *)p)[i] = __ai_any_uchar();
}

#endif // AI_NATIVE
#endif // AI_H
