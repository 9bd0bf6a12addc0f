// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The write position of a ring buffer stays inside by its remainder.

#include "../ai.h"

#define SIZE 16

static unsigned char ring[SIZE];
static unsigned head;

static void put(unsigned char byte)
{
    unsigned position = head;
    ring[position % SIZE] = byte; // safe: out-of-bounds-write, division-by-zero
    head = position + 1;
}

int main(void)
{
    while (__ai_any_bool())
        put(__ai_any_uchar());
    return ring[0];
}
