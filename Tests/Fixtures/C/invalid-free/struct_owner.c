// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An object that owns two blocks, with a constructor that cleans up after itself.

#include <stdlib.h>

struct pair {
    int *first;
    int *second;
};

static int pair_open(struct pair *pair)
{
    pair->first = malloc(sizeof(int));
    if (!pair->first)
        return 0;
    pair->second = malloc(sizeof(int));
    if (!pair->second) {
        free(pair->first); // safe: invalid-free, uninitialized-read
        return 0;
    }
    return 1;
}

int main(void)
{
    struct pair pair;
    if (!pair_open(&pair))
        return 1;
    free(pair.first); // imprecise: invalid-free
    free(pair.second); // safe: invalid-free // imprecise: uninitialized-read
    return 0;
}
