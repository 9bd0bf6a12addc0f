// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A result of inline assembly is checked before it is used.

static const int table[8] = {1, 2, 3, 4, 5, 6, 7, 8};

int main(void)
{
    unsigned index = 0;
    __asm__("movl $3, %0" : "=r"(index)); // imprecise: unsupported
    return table[index % 8]; // safe: out-of-bounds-read
}
