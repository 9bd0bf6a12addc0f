// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A binary search tree on the heap: insertion through a pointer to a link.

#include "../ai.h"
#include <stdlib.h>

struct node {
    int key;
    struct node *left;
    struct node *right;
};

static void insert(struct node **link, int key)
{
    while (*link) { // safe: null-dereference // imprecise: uninitialized-read
        if (key < (*link)->key) // imprecise: uninitialized-read
            link = &(*link)->left;
        else
            link = &(*link)->right;
    }
    *link = calloc(1, sizeof **link); // safe: null-dereference
    if (*link)
        (*link)->key = key;
}

int main(void)
{
    struct node *root = NULL;
    while (__ai_any_bool())
        insert(&root, __ai_any_int());
    return root != NULL;
}
