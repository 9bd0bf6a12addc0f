// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The array in the value of a call ends with the expression that the call is part of.
// witness: 1
// confirmed-by: reasoning - C11 6.2.4p8

#include "../ai.h"

struct vector {
    int parts[4];
};

static struct vector around(int middle)
{
    struct vector result = {{middle % 100 - 1, middle % 100, middle % 100 + 1, 0}};
    return result;
}

int main(void)
{
    int *parts = around(__ai_any_int()).parts;
    return parts[1]; // bug: dangling-pointer
}
