// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Writes through pointers to distinct members do not disturb each other.

#include "../ai.h"

struct account {
    int balance;
    int limit;
    struct account *parent;
};

int main(void)
{
    struct account root = {5, 50, 0};
    struct account child = {1, 10, &root};
    int *limit = &child.limit;
    *limit = 20;
    child.parent->balance = 7;
    __ai_assert(child.balance == 1); // safe: assertion
    __ai_assert(child.limit == 20); // safe: assertion
    __ai_assert(root.balance == 7 && root.limit == 50); // safe: assertion
    return 0;
}
