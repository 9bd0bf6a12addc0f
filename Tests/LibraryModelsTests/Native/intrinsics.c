// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#define _GNU_SOURCE
#include "intrinsics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "ai.h"

jmp_buf attempt;
static unsigned long long state = 88172645463325252ULL;

void seed(unsigned long long value)
{
    state = value * 0x9e3779b97f4a7c15ULL + 88172645463325252ULL;
}

// Marsaglia's xorshift64.
unsigned long long draw(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

// Mostly small values, of both signs: they are what lengths, signs and positions are.
static unsigned long long any(void)
{
    unsigned long long value = draw() >> 11;
    switch (draw() >> 40 & 7) {
    case 0: return value;
    case 1: return -(value % 260);
    case 2: return value % 260;
    case 3: case 4: return value % 12;
    default: return value % 3;
    }
}

_Bool __ai_any_bool(void) { return draw() >> 33 & 1; }
char __ai_any_char(void) { return (char)any(); }
signed char __ai_any_schar(void) { return (signed char)any(); }
unsigned char __ai_any_uchar(void) { return (unsigned char)any(); }
short __ai_any_short(void) { return (short)any(); }
unsigned short __ai_any_ushort(void) { return (unsigned short)any(); }
int __ai_any_int(void) { return (int)any(); }
unsigned int __ai_any_uint(void) { return (unsigned int)any(); }
long __ai_any_long(void) { return (long)any(); }
unsigned long __ai_any_ulong(void) { return any(); }
long long __ai_any_longlong(void) { return (long long)any(); }
unsigned long long __ai_any_ulonglong(void) { return any(); }
float __ai_any_float(void) { return (float)(long long)any() / 8; }
double __ai_any_double(void) { return (double)(long long)any() / 8; }

void __ai_assume(int condition)
{
    if (!condition)
        longjmp(attempt, DISCARDED);
}

void __ai_require(int condition)
{
    if (!condition)
        longjmp(attempt, VIOLATED);
}

void __ai_assert(int condition)
{
    if (!condition)
        longjmp(attempt, VIOLATED);
}

void __ai_exit(void)
{
    longjmp(attempt, EXITED);
}

static struct object {
    char *start;
    size_t size, mapped;
    _Bool freed;
} objects[4096];
static size_t object_count;

void *guarded(size_t n)
{
    size_t mapped = (n + 4095) / 4096 * 4096 + 4096;
    char *pages = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED || object_count == 4096 || mprotect(pages + mapped - 4096, 4096, PROT_NONE) != 0) {
        fputs("out of memory\n", stderr);
        exit(2);
    }
    objects[object_count++] = (struct object){ pages + mapped - 4096 - n, n, mapped, 0 };
    return pages + mapped - 4096 - n;
}

void release(void)
{
    while (object_count > 0) {
        struct object *o = &objects[--object_count];
        munmap(o->start + o->size + 4096 - o->mapped, o->mapped);
    }
}

static struct object *object_of(const void *p)
{
    for (size_t i = 0; i < object_count; i++)
        if ((const char *)p >= objects[i].start && (const char *)p <= objects[i].start + objects[i].size)
            return &objects[i];
    return NULL;
}

void *__ai_allocate(unsigned long n)
{
    if (n > 1 << 20 || __ai_any_bool())
        return NULL;
    return guarded(n);
}

void *__ai_object(unsigned long n)
{
    __ai_assume(n <= 1 << 20);
    return guarded(n);
}

void __ai_free(void *p)
{
    struct object *o = object_of(p);
    if (p == NULL)
        return;
    if (o == NULL || o->start != p || o->freed)
        longjmp(attempt, VIOLATED);
    o->freed = 1;
}

void __ai_copy(void *to, const void *from, unsigned long n) { memmove(to, from, n); }
void __ai_fill(void *p, int byte, unsigned long n) { memset(p, byte, n); }

void __ai_read(const void *p, unsigned long n)
{
    for (unsigned long i = 0; i < n; i++)
        (void)((const volatile char *)p)[i];
}

void __ai_write(void *p, unsigned long n)
{
    for (unsigned long i = 0; i < n; i++)
        ((char *)p)[i] = __ai_any_char();
}

unsigned long __ai_object_size(const void *p)
{
    struct object *o = object_of(p);
    return o == NULL ? any() : (unsigned long)(o->start + o->size - (const char *)p);
}

long __ai_offset(const void *p)
{
    struct object *o = object_of(p);
    return o == NULL ? (long)p : (const char *)p - o->start;
}

_Bool __ai_same_object(const void *p, const void *q)
{
    return object_of(p) == object_of(q);
}
