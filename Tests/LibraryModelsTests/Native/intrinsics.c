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

// Objects lie in slots that are mapped once; each ends where its slot's unreadable page begins.
enum { SLOTS = 64, PAGE = 4096, SLOT = 2 * PAGE };
static struct object {
    char *start;
    size_t size;
    _Bool freed;
} objects[SLOTS];
static size_t object_count;

static char *slots(void)
{
    static char *pages;
    if (pages != NULL)
        return pages;
    pages = mmap(NULL, SLOTS * SLOT, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) {
        perror("mmap");
        exit(2);
    }
    for (int i = 0; i < SLOTS; i++)
        mprotect(pages + i * SLOT + PAGE, PAGE, PROT_NONE);
    return pages;
}

void *guarded(size_t n)
{
    char *end = slots() + object_count * SLOT + PAGE;
    if (n > PAGE || object_count == SLOTS)
        longjmp(attempt, DISCARDED);
    objects[object_count++] = (struct object){ end - n, n, 0 };
    return end - n;
}

void release(void)
{
    object_count = 0;
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
    return __ai_any_bool() ? NULL : guarded(n);
}

void *__ai_object(unsigned long n)
{
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

_Bool __ai_same_object(const void *p, const void *q)
{
    // Of what is no object of ours, such as a structure that the compiler copies with memcpy, nothing is known.
    return object_of(p) != NULL && object_of(p) == object_of(q);
}
