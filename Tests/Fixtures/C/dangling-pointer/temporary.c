// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Values of structures and their arrays, used inside the expressions that make them.

#include "../ai.h"
#include <string.h>

struct vector {
    int parts[4];
};

static struct vector around(int middle)
{
    struct vector result = {{middle % 100 - 1, middle % 100, middle % 100 + 1, 0}};
    return result;
}

static int *first(int *parts)
{
    return parts;
}

static struct vector *latest;

static int keep(struct vector vector)
{
    static struct vector kept;
    kept = vector;
    latest = &kept;
    return vector.parts[0];
}

int main(void)
{
    int number = __ai_any_int(), sum = 0;
    struct vector vector = around(number);
    if (around(number).parts[1] == number % 100)
        sum += *first(around(number).parts); // safe: dangling-pointer
    for (int i = 0; i < around(3).parts[2]; i++) // safe: dangling-pointer
        sum = (vector = around(i)).parts[1] + (number > 3 ? vector : around(7)).parts[0]; // safe: dangling-pointer
    switch (*first(around(number).parts)) { // safe: dangling-pointer
    case 3:
        return keep(vector) + latest->parts[1]; // safe: dangling-pointer
    default:
        return *first((__ai_any_int(), around(sum)).parts) > 3; // safe: dangling-pointer
    }
}
