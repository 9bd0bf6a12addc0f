// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A wrapper of memcpy refuses what does not fit.

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

static int store(unsigned char *target, size_t room, const unsigned char *source, size_t size)
{
    if (size > room)
        return -1;
    memcpy(target, source, size); // safe: out-of-bounds-read, out-of-bounds-write
    return 0;
}

int main(void)
{
    size_t room = __ai_any_ushort(), size = __ai_any_ushort();
    unsigned char *target = malloc(room), *source = calloc(size, 1); // safe: out-of-bounds-write
    int answer = 1;
    if (target && source)
        answer = store(target, room, source, size);
    free(target);
    free(source);
    return answer;
}
