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
        if (key < node->key) // imprecise: uninitialized-read, use-after-free, dangling-pointer, out-of-bounds-read, misaligned-access, null-dereference
            link = &node->left; // safe: null-dereference // imprecise: pointer-arithmetic
        else
            link = &node->right; // safe: null-dereference // imprecise: pointer-arithmetic
        node = *link; // imprecise: use-after-free, dangling-pointer, misaligned-access, uninitialized-read, null-dereference, out-of-bounds-read
    }
    node = calloc(1, sizeof *node);
    if (node)
        node->key = key; // safe: null-dereference, out-of-bounds-write
    *link = node; // imprecise: use-after-free, dangling-pointer, misaligned-access, write-to-constant, null-dereference, out-of-bounds-write
}

int main(void)
{
    struct node *root = NULL;
    while (__ai_any_bool())
        insert(&root, __ai_any_int());
    return root != NULL;
}
