// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Where the base is none, the end is not stored.
// witness:
// confirmed-by: reasoning - C11 7.22.1.4p3

#include <stdlib.h>

int main(void)
{
    char *end;
    long value = strtol("12", &end, 37); // bug: library-precondition
    return value > 0;
}
