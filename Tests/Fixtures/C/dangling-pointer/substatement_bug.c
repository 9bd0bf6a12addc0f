// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A compound literal in a branch without braces: the branch is a block all the same.
// witness: 1
// confirmed-by: reasoning - C11 6.8.4p3, 6.5.2.5p5

#include "../ai.h"

int main(void)
{
    int *numbers = 0;
    if (__ai_any_bool())
        numbers = (int[]){1, 2, 3};
    if (numbers)
        return numbers[1]; // bug: dangling-pointer
    return 0;
}
