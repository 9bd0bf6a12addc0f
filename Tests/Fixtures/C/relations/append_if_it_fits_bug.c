// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The room for the terminator is forgotten: a text that fills the buffer is accepted.
// witness: 500, 1, 12

#include "../ai.h"
#include <string.h>

struct line {
    char text[512];
    size_t length;
};

static int append(struct line *line, const char *word, size_t count)
{
    if (count > sizeof line->text - line->length)
        return 0;
    memcpy(line->text + line->length, word, count); // imprecise: out-of-bounds-write, out-of-bounds-read
    line->length += count; // imprecise: uninitialized-read
    line->text[line->length] = 0; // bug: out-of-bounds-write
    return 1;
}

int main(void)
{
    static const char words[] = "the quick brown fox jumps over the lazy dog";
    struct line line = {{0}, __ai_any_uint()};
    if (line.length >= sizeof line.text)
        return 1;
    size_t from = __ai_any_uint(), count = __ai_any_uint();
    if (from < sizeof words && count < sizeof words - from)
        append(&line, words + from, count); // safe: pointer-arithmetic
    return 0;
}
