// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A static object is as long as the initialiser of its flexible array: the fourth element is behind its end.
// witness:

struct table {
    int count;
    int entries[];
};

static struct table squares = {3, {1, 4, 9}};
static struct table names[1] = {{0}};

int main(void)
{
    int sum = names[0].count;
    for (int i = 0; i <= squares.count; i++)
        sum ^= squares.entries[i]; // bug: out-of-bounds-read
    return sum;
}
