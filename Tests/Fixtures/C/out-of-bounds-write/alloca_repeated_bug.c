// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Each round takes one byte less, and writes as many as the first.
// witness:

int main(void)
{
    for (int size = 4; size > 2; size--) {
        char *text = __builtin_alloca(size);
        for (int i = 0; i < 4; i++) text[i] = 0; // bug: out-of-bounds-write
    }
    return 0;
}
