// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// One member of a union is read, then a volatile one of the other sign in the same place.

#include "../ai.h"

union word {
    int number;
    volatile unsigned bits;
};

static union word word = {1};

int main(void)
{
    int number = word.number; // safe: uninitialized-read
    unsigned bits = word.bits; // safe: uninitialized-read
    return number < 3 && bits < 4;
}
