// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The last node of a list has no successor.
// witness:

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
    const struct node *node = &first;
    while (node->value < 4) // bug: null-dereference
        node = node->next; // safe: null-dereference
    return node->value; // safe: null-dereference
}
