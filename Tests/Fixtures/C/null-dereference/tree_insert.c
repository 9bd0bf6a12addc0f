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
    struct node *node = *link;
    while (node) {
        if (key < node->key) // safe: uninitialized-read, null-dereference, out-of-bounds-read, dangling-pointer, misaligned-access, use-after-free
            link = &node->left; // safe: null-dereference, pointer-arithmetic
        else
            link = &node->right; // safe: null-dereference, pointer-arithmetic
        node = *link; // safe: uninitialized-read, null-dereference, out-of-bounds-read, dangling-pointer, misaligned-access, use-after-free
    }
    node = calloc(1, sizeof *node);
    if (node)
        node->key = key; // safe: null-dereference, out-of-bounds-write
    *link = node; // safe: out-of-bounds-write, write-to-constant, null-dereference, dangling-pointer, misaligned-access, use-after-free
}

int main(void)
{
    struct node *root = NULL;
    while (__ai_any_bool())
        insert(&root, __ai_any_int());
    return root != NULL;
}
