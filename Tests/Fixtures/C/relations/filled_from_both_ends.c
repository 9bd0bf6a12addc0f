// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Small elements go to the front of a copy and large ones to its back: together they are as many as were read.

#include "../ai.h"

static int input[350];

static unsigned split(int *output, unsigned count, int limit)
{
    unsigned front = 0, back = 0;
    for (unsigned i = 0; i < count; i++) {
        if (input[i] < limit) // safe: out-of-bounds-read
            output[front++] = input[i]; // safe: out-of-bounds-read, out-of-bounds-write
        else
            output[count - ++back] = input[i]; // safe: out-of-bounds-read, out-of-bounds-write
        __ai_assert(front + back == i + 1); // safe: assertion
    }
    return front;
}

int main(void)
{
    int output[350];
    __ai_any_bytes(input, sizeof input);
    unsigned count = __ai_any_uint();
    if (count > 350)
        return 1;
    unsigned smaller = split(output, count, __ai_any_int());
    __ai_assert(smaller <= count); // safe: assertion
    unsigned place = __ai_any_uint();
    if (place < count)
        return output[place] == 3; // safe: out-of-bounds-read // imprecise: uninitialized-read
    return 0;
}
