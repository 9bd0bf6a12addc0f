// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <stdlib.h>: the heap. Every successful call makes a new object, as C11 7.22.3 has it; that glibc may hand out an
// address again is invisible to a program that does not use dangling pointers.
#define _GNU_SOURCE
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>

#include "ai_errno.h"

// glibc refuses what is larger than PTRDIFF_MAX.
static void *allocate(size_t n)
{
    void *p = NULL;
    if (n <= PTRDIFF_MAX)
        p = __ai_allocate(n);
    if (p == NULL)
        ai_set_errno();
    return p;
}

void *malloc(size_t n)
{
    return allocate(n);
}

void *calloc(size_t count, size_t size)
{
    void *p;
    if (size != 0 && count > SIZE_MAX / size) {
        ai_set_errno();
        return NULL;
    }
    p = allocate(count * size);
    if (p != NULL)
        __ai_fill(p, 0, count * size);
    return p;
}

void free(void *p)
{
    __ai_free(p);
}

// A size of zero frees the object; whether the result is then null is left open. When there is no memory the old object
// stays. Otherwise it moves: C11 6.2.4p2 makes the old pointer indeterminate even where the address stays the same.
static void *reallocate(void *old, size_t n)
{
    void *p;
    size_t size;
    if (old == NULL)
        return allocate(n);
    if (n == 0) {
        __ai_free(old);
        return __ai_any_bool() ? NULL : allocate(0);
    }
    p = allocate(n);
    if (p == NULL)
        return NULL;
    size = __ai_object_size(old);
    __ai_copy(p, old, size < n ? size : n);
    __ai_free(old);
    return p;
}

void *realloc(void *old, size_t n)
{
    return reallocate(old, n);
}

void *reallocarray(void *old, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        ai_set_errno();
        return NULL;
    }
    return reallocate(old, count * size);
}

// C17 7.22.3.1: an alignment that is not supported makes the call fail.
void *aligned_alloc(size_t alignment, size_t n)
{
    (void)alignment;
    return allocate(n);
}

void *memalign(size_t alignment, size_t n)
{
    (void)alignment;
    return allocate(n);
}

int posix_memalign(void **result, size_t alignment, size_t n)
{
    void *p = NULL;
    if (n <= PTRDIFF_MAX && alignment % sizeof(void *) == 0)
        p = __ai_allocate(n);
    if (p == NULL)
        return ai_between(1, 4095);
    *result = p;
    return 0;
}
