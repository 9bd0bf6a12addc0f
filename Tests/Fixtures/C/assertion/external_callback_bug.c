// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A function of which only the declaration is seen may call back what was registered.
// witness:

#include "../ai.h"

static int fired;
void schedule(void (*callback)(void));

static void on_timer(void)
{
    fired = 1;
}

int main(void)
{
    schedule(on_timer);
    __ai_assert(fired == 0); // bug: assertion // imprecise: uninitialized-read
    return 0;
}

#ifdef AI_NATIVE
void schedule(void (*callback)(void))
{
    callback();
}
#endif
