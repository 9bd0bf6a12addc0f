// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Negative numbers that are read, and overwritten, as unsigned ones of the same width: through a union, through pointers
// into an array, and by a function.
// witness: 2, 1, 1

#include "../ai.h"

union number {
    short as_signed;
    unsigned short as_unsigned;
};

static union number number = {-5};
static int values[4] = {-1, 2, 3, -4};
static const int constants[2] = {-1, 7};

static void overwrite(unsigned *p, int condition)
{
    if (condition)
        *p = 4000000000u;
}

int main(void)
{
    unsigned i = __ai_any_uint() & 3;
    int small = 3;
    __ai_assert(number.as_unsigned != 0 || i < 4); // safe: assertion
    __ai_assert(((unsigned *)values)[1] == 2); // safe: assertion
    __ai_assert(((const unsigned *)constants)[1] == 7); // safe: assertion
    for (unsigned k = 0; k < 4; k++)
        if (((unsigned *)values)[k] > ((const unsigned *)constants)[k & 1])
            i ^= k & 1;
    ((unsigned *)values)[i] = 9;
    overwrite((unsigned *)&small, __ai_any_int());
    __ai_assert(small > 0); // bug: assertion
    return __ai_any_int() & -8 & small;
}
