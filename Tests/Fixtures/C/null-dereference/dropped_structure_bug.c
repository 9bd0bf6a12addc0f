// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A structure that is read and dropped is read.
//
// witness: 0
// confirmed-by: reasoning - C11 6.3.2.1p2: the value of the lvalue is taken, whatever becomes of it

#include "../ai.h"

struct pair {
    int first, second;
};

int main(void)
{
    struct pair pair = {1, 2};
    struct pair *pointer = __ai_any_bool() ? &pair : 0;
    (void)*pointer; // bug: null-dereference
    return pair.first - 1;
}
