// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Only main may end without a return: it returns zero.

int main(void)
{
    int rounds = 0;
    while (rounds < 3)
        rounds++; // safe: signed-overflow
}
