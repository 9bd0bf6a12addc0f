// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Inline assembly is not understood: its outputs may be anything.

int main(void)
{
    unsigned value = 5;
    unsigned result = 1;
    __asm__("movl %1, %0\n\taddl $1, %0" : "=r"(result) : "r"(value)); // imprecise: unsupported
    if (result > 1000)
        return 1;
    return result == 6;
}
