// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An interface as a structure of function pointers, two implementations.

struct shape {
    int (*area)(const struct shape *);
    int width;
    int height;
};

static int rectangle(const struct shape *shape)
{
    return shape->width * shape->height; // safe: signed-overflow, null-dereference
}

static int triangle(const struct shape *shape)
{
    return shape->width * shape->height / 2; // safe: signed-overflow, division-by-zero
}

int main(void)
{
    struct shape shapes[2] = {{rectangle, 3, 4}, {triangle, 5, 6}};
    int total = 0;
    for (int i = 0; i < 2; i++)
        total += shapes[i].area(&shapes[i]); // safe: invalid-call // imprecise: signed-overflow
    return total == 27;
}
