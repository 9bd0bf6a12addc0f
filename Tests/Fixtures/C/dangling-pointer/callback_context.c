// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A callback gets a pointer to its caller's local through a generic context.

static void visit(void (*visitor)(void *, int), void *context)
{
    for (int i = 0; i < 5; i++)
        visitor(context, i); // safe: invalid-call
}

static void count_even(void *context, int value)
{
    unsigned *count = context;
    if (value % 2 == 0)
        *count += 1; // safe: dangling-pointer, out-of-bounds-write, null-dereference, misaligned-access
}

int main(void)
{
    unsigned even = 0;
    visit(count_even, &even);
    return even == 3; // safe: uninitialized-read
}
