// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An index moves the pointer: the elements are of two arrays that overlap.
// witness:
// confirmed-by: reasoning - C11 6.5.16.1p3

struct block {
    char bytes[600];
};

static struct block storage[3], *blocks = storage;

static int moved(void)
{
    blocks = (struct block *)((char *)storage + 100);
    return 0;
}

int main(void)
{
    blocks[moved()] = blocks[0]; // bug: library-precondition
    return storage[0].bytes[0];
}
