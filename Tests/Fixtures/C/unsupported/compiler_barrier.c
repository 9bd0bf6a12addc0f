// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An empty assembly statement with a memory clobber: a barrier for the compiler.

static int shared;

int main(void)
{
    int local = 4;
    shared = 3;
    __asm__ volatile("" ::: "memory");
    return 10 / local; // safe: division-by-zero
}
