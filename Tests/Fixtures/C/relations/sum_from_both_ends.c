// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two indices into sorted numbers look for a given sum: one goes up, the other down, and they never pass each other.

#include "../ai.h"

static int pair_with_sum(const unsigned char *sorted, int count, int wanted, int *left, int *right)
{
    int i = 0, j = count - 1; // safe: signed-overflow
    while (i < j) {
        int sum = sorted[i] + sorted[j]; // safe: out-of-bounds-read
        if (sum == wanted) {
            *left = i;
            *right = j;
            return 1;
        }
        if (sum < wanted)
            i++; // safe: signed-overflow
        else
            j--; // safe: signed-overflow
    }
    return 0;
}

int main(void)
{
    int count = __ai_any_int(), left = 0, right = 0;
    if (count < 0 || count > 250)
        return 1;
    unsigned char sorted[250] = {0};
    for (int i = 0; i < count; i++)
        sorted[i] = (unsigned char)i; // safe: out-of-bounds-write
    if (pair_with_sum(sorted, count, __ai_any_int(), &left, &right)) {
        __ai_assert(left < right && right < count); // imprecise: assertion
        char between[right - left]; // safe: vla-size, signed-overflow
        between[0] = 'a'; // safe: out-of-bounds-write
        between[right - left - 1] = 'z'; // safe: out-of-bounds-write
        return between[0] == 'z';
    }
    return 0;
}
