// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// qsort gets strcmp: it is called with pointers to void and takes pointers to char.
// witness:
// confirmed-by: reasoning - C11 6.5.2.2p9

#include "../ai.h"
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char words[3][8] = {"two", "one", "six"};
    qsort(words, 3, sizeof words[0], (int (*)(const void *, const void *))strcmp); // bug: invalid-call // imprecise: out-of-bounds-read, uninitialized-read
    return 0;
}
