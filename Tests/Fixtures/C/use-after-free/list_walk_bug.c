// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A list is freed while it is walked by its next pointers.
// witness:

#include <stdlib.h>

struct node {
    struct node *next;
};

int main(void)
{
    struct node *list = NULL;
    for (int i = 0; i < 2; i++) {
        struct node *node = malloc(sizeof *node);
        if (!node)
            return 1;
        node->next = list;
        list = node;
    }
    for (struct node *node = list; node;) {
        free(node); // safe: invalid-free
        node = node->next; // bug: use-after-free
    }
    return 0;
}
