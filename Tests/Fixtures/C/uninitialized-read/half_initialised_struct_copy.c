// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A structure with an unset member is copied as a whole; only its set member is used.

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
    struct option again;
    again = copy;
    if (again.set) // safe: uninitialized-read
        return 1;
    return 0;
}
