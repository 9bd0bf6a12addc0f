// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The value of a call is written to.
// witness:
// confirmed-by: reasoning - C11 6.2.4p8

#include "../ai.h"

struct name {
    char text[8];
};

static struct name make(void)
{
    struct name result = {"abc"};
    return result;
}

int main(void)
{
    make().text[0] = 'x'; // bug: write-to-constant
    return 0;
}
