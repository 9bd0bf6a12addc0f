// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A write through a pointer of which nothing is known leaves no bit uninitialised, and a call that writes one element
// leaves the others as they are.

static int numbers[4];

static void set(void)
{
    numbers[0] = 1;
}

int main(void)
{
    int target = 0;
    int *pointer = (int *)(unsigned long)&target;
    *pointer = 1; // imprecise: null-dereference, use-after-free, dangling-pointer, out-of-bounds-write, misaligned-access, write-to-constant
    set();
    return numbers[1] == 0; // safe: uninitialized-read
}
