// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The address of a packed member forgets that it is unaligned.
// witness: 3

#include "../ai.h"

struct __attribute__((packed)) header {
    unsigned char type;
    unsigned length;
};

static struct header header;

int main(void)
{
    unsigned *length = &header.length;
    *length = __ai_any_uint(); // bug: misaligned-access
    return header.type;
}
