// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer into the value of a call is taken in a loop's condition and used in its body.
// witness: 1
// confirmed-by: reasoning - C11 6.2.4p8

#include "../ai.h"

struct name {
    char text[8];
};

static struct name name_of(int number)
{
    struct name result = {"unknown"};
    result.text[0] = (char)('a' + (number & 7));
    return result;
}

int main(void)
{
    int number = __ai_any_int() & 3;
    const char *text = "none";
    int sum = 0;
    while (number > 0 && (text = name_of(number).text) != 0) {
        sum = *text; // bug: dangling-pointer
        number--;
    }
    return sum;
}
