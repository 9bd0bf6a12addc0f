// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function of which only the declaration is seen may change every global.
// witness:

#include "../ai.h"

int mode = 1;
void configure(void);

int main(void)
{
    configure();
    __ai_assert(mode == 1); // bug: assertion // imprecise: uninitialized-read
    return 0;
}

#ifdef AI_NATIVE
void configure(void)
{
    mode = 2;
}
#endif
