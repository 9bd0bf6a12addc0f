// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two pointers to one structure: a write through one is seen through the other.
// witness: 0

#include "../ai.h"

struct account {
    int balance;
};

static void transfer(struct account *from, struct account *to)
{
    from->balance = 0;
    to->balance = 100;
    __ai_assert(from->balance == 0); // bug: assertion
}

int main(void)
{
    struct account first = {100}, second = {0};
    transfer(&first, __ai_any_bool() ? &second : &first);
    return 0;
}
