// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A text with a gap at the cursor: the gap begins and ends inside the block, in this order.

#include "../ai.h"
#include <stdlib.h>

struct text {
    char *block;
    size_t gap_start, gap_end, size;
};

static void insert(struct text *text, char character)
{
    if (text->gap_start < text->gap_end)
        text->block[text->gap_start++] = character; // imprecise: out-of-bounds-write
}

static void cursor_left(struct text *text)
{
    if (text->gap_start > 0)
        text->block[--text->gap_end] = text->block[--text->gap_start]; // safe: uninitialized-read // imprecise: out-of-bounds-read, out-of-bounds-write
}

static void cursor_right(struct text *text)
{
    if (text->gap_end < text->size)
        text->block[text->gap_start++] = text->block[text->gap_end++]; // safe: uninitialized-read // imprecise: out-of-bounds-read, out-of-bounds-write
}

int main(void)
{
    size_t size = __ai_any_ushort();
    struct text text = {calloc(size, 1), 0, size, size}; // safe: out-of-bounds-write
    if (!text.block)
        return 1;
    while (__ai_any_bool()) {
        switch (__ai_any_uchar() & 3) {
        case 0: cursor_left(&text); break;
        case 1: cursor_right(&text); break;
        default: insert(&text, __ai_any_char());
        }
        __ai_assert(text.gap_start <= text.gap_end && text.gap_end <= text.size); // imprecise: assertion
    }
    free(text.block);
    return 0;
}
