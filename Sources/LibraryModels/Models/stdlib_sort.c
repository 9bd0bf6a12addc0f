// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <stdlib.h>: qsort and bsearch, which call back the comparison given.
#include <stdint.h>
#include <stdlib.h>

#include "ai.h"

// C11 7.22.5p1: no comparison for zero elements, but the pointers are valid. An array larger than the address space
// cannot be.
static void require_array(const void *base, size_t count, size_t size)
{
    __ai_require(size == 0 || count <= SIZE_MAX / size);
    ai_require_pointer(base, count * size);
}

// Every element becomes some element of the original array, in any order and as often as one likes: this holds for the
// result, a permutation, and for all states in between. C11 7.22.5p2: comparisons get pointers to elements of the array.
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    char *elements = base, *original;
    require_array(base, count, size);
    if (count == 0)
        return;
    original = __ai_object(count * size);
    __ai_copy(original, base, count * size);
    while (__ai_any_bool()) {
        size_t i = ai_up_to(count - 1), j = ai_up_to(count - 1);
        if (__ai_any_bool())
            compare(elements + i * size, elements + j * size);
        else
            __ai_copy(elements + i * size, original + j * size, size);
    }
}

// The elements compared and the one found are left open.
void *bsearch(const void *key, const void *base, size_t count, size_t size,
              int (*compare)(const void *, const void *))
{
    const char *elements = base;
    require_array(base, count, size);
    while (count > 0 && __ai_any_bool()) {
        const char *element = elements + ai_up_to(count - 1) * size;
        if (compare(key, element) == 0 && __ai_any_bool())
            return (void *)element;
    }
    return NULL;
}
