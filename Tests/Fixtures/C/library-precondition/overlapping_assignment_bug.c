// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two members of a union overlap partly, and one is assigned to the other.
// witness: 3
// confirmed-by: reasoning - C11 6.5.16.1p3

#include "../ai.h"

struct words {
    int word[3];
};

union view {
    struct words words;
    struct {
        int key;
        struct words rest;
    } keyed;
};

int main(void)
{
    union view view = {.keyed = {1, {{2, 3, __ai_any_int()}}}};
    view.words = view.keyed.rest; // bug: library-precondition
    return view.words.word[0] > 3;
}
