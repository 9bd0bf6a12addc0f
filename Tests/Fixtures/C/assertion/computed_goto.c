// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An interpreter for three byte codes, dispatched by computed goto.

#include "../ai.h"

int main(void)
{
    static const unsigned char program[5] = {0, 1, 0, 1, 2};
    static void *const labels[3] = {&&push, &&twice, &&stop};
    unsigned value = 0;
    unsigned counter = 0;
    goto *labels[program[counter]]; // safe: out-of-bounds-read
push:
    value = 5;
    counter++;
    if (counter >= 5)
        goto stop;
    goto *labels[program[counter]]; // safe: out-of-bounds-read
twice:
    value = value * 2;
    counter++;
    if (counter >= 5)
        goto stop;
    goto *labels[program[counter]]; // safe: out-of-bounds-read
stop:
    __ai_assert(counter <= 5); // safe: assertion
    return value == 10;
}
