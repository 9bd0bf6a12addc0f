// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A walk over a list on the stack ends at NULL.

#include <stddef.h>

struct node {
    int value;
    struct node *next;
};

int main(void)
{
    struct node third = {3, NULL};
    struct node second = {2, &third};
    struct node first = {1, &second};
    unsigned sum = 0;
    for (const struct node *node = &first; node != NULL; node = node->next) // safe: null-dereference
        sum += (unsigned)node->value; // safe: null-dereference, out-of-bounds-read, uninitialized-read
    return sum == 6;
}
