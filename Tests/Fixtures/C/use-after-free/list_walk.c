// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A list is freed while it is walked: the next pointer is read first.

#include "../ai.h"
#include <stdlib.h>

struct node {
    struct node *next;
};

int main(void)
{
    struct node *list = NULL;
    while (__ai_any_bool()) {
        struct node *node = malloc(sizeof *node);
        if (!node)
            break;
        node->next = list; // safe: null-dereference, use-after-free
        list = node;
    }
    while (list) {
        struct node *next = list->next; // safe: uninitialized-read // imprecise: use-after-free
        free(list); // imprecise: invalid-free
        list = next;
    }
    return 0;
}
