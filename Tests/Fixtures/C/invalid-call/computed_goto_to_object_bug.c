// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A computed goto whose operand is no label.
// witness:
// confirmed-by: reasoning - GNU C: a computed goto jumps to a value that && gave

#include "../ai.h"

int main(void)
{
    static char object[4];
    static void *const targets[2] = {&object[1], &object[1]};
    int number = 0;
    goto *targets[__ai_any_uint() % 2]; // bug: invalid-call
first:
    number++;
second:
    if (number > 5)
        return 0;
    number++;
    static void *const labels[2] = {&&first, &&second};
    goto *labels[number & 1]; // safe: out-of-bounds-read
}
