// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Sizes and offsets on this target.

#include "../ai.h"
#include <stddef.h>

struct mixed {
    char tag;
    double value;
    short count;
    char tail[];
};

static unsigned long parameter_size(int array[16])
{
    return sizeof array;
}

int main(void)
{
    int array[16] = {0};
    __ai_assert(sizeof array == 64); // safe: assertion
    __ai_assert(parameter_size(array) == 8); // safe: assertion
    __ai_assert(sizeof(struct mixed) == 24); // safe: assertion
    __ai_assert(offsetof(struct mixed, tail) == 18); // safe: assertion
    __ai_assert(sizeof "four" == 5); // safe: assertion
    __ai_assert(sizeof(long double) == 16 && sizeof(__int128) == 16); // safe: assertion
    return 0;
}
