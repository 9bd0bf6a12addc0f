// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer and a length travel together, by value; a part of a slice is made from another.

#include "../ai.h"
#include <stdlib.h>

struct slice {
    const unsigned char *data;
    size_t length;
};

static struct slice part(struct slice whole, size_t from, size_t to)
{
    if (to > whole.length)
        to = whole.length;
    if (from > to)
        from = to;
    return (struct slice){whole.data + from, to - from}; // imprecise: pointer-arithmetic
}

static unsigned last_of(struct slice slice)
{
    return slice.length > 0 ? slice.data[slice.length - 1] : 0; // safe: uninitialized-read // imprecise: out-of-bounds-read
}

int main(void)
{
    size_t length = __ai_any_ushort();
    unsigned char *data = calloc(length, 1); // safe: out-of-bounds-write
    if (!data)
        return 1;
    struct slice whole = {data, length};
    struct slice inner = part(whole, __ai_any_ulong(), __ai_any_ulong());
    unsigned last = last_of(part(inner, 1, __ai_any_ulong()));
    __ai_assert(inner.length <= length); // imprecise: assertion
    free(data);
    return last == 0;
}
