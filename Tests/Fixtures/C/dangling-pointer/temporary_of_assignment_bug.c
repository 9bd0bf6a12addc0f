// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The value of an assignment is no variable: the array in it is a copy, which ends with the expression.
// witness: 1
// confirmed-by: reasoning - C11 6.2.4p8, 6.5.16p3

#include "../ai.h"

struct vector {
    int parts[4];
};

int main(void)
{
    struct vector first = {{__ai_any_int(), 2, 3, 4}}, second;
    int *parts = (second = first).parts;
    return parts[1] == 2; // bug: dangling-pointer
}
