// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The unset member of a copied structure is used.
// witness: 1

#include "../ai.h"

struct option {
    int set;
    int value;
};

int main(void)
{
    struct option option;
    option.set = __ai_any_bool();
    struct option copy = option;
    if (copy.set && copy.value > 0) // bug: uninitialized-read
        return 1;
    return 0;
}
