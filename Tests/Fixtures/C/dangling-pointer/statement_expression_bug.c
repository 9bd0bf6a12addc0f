// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The value of a statement expression is the address of a variable that ends with it.
// witness: 3

#include "../ai.h"

int main(void)
{
    int *place = ({
        int value = __ai_any_int();
        &value;
    });
    return *place > 3; // bug: dangling-pointer
}
