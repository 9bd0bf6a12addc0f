// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A callback takes a pointer to a record where the call passes a pointer to void: the usual cast, which C does not allow.
// witness: 7, 1
// confirmed-by: reasoning - C11 6.5.2.2p9, 6.3.2.3p8

#include "../ai.h"

struct account {
    int balance;
};

typedef int (*visitor)(void *item);

static int balance(struct account *account)
{
    return account->balance;
}

static int anything(void *item)
{
    return item != 0;
}

int main(void)
{
    struct account account = {__ai_any_int() % 100};
    visitor visitors[2] = {anything, (visitor)balance};
    int index = __ai_any_int() & 1;
    return visitors[index](&account) > 3; // bug: invalid-call
}
