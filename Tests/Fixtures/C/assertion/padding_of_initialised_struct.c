// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// What lies between the members of a structure has some value, and which one is not known.

#include "../ai.h"

struct mixed {
    char tag;
    int number;
};

int main(void)
{
    struct mixed value = {1, 2};
    unsigned char *bytes = (unsigned char *)&value;
    __ai_assert(bytes[0] == 1);   // safe: assertion
    __ai_assert(bytes[1] < 256);  // safe: assertion
    __ai_assert(value.number == 2); // safe: assertion
    return bytes[2] == 0 ? 1 : 2;
}
