// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A structure that is passed by value ends when the function that got it returns.
// witness: 1

#include "../ai.h"

struct vector {
    int parts[4];
};

static int *inside(struct vector vector)
{
    int *parts = vector.parts;
    return parts;
}

int main(void)
{
    struct vector vector = {{__ai_any_int(), 2, 3, 4}};
    return *inside(vector) > 3; // bug: dangling-pointer
}
