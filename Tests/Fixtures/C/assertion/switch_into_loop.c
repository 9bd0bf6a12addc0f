// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A switch whose cases lie inside a loop (Duff's device).

#include "../ai.h"

int main(void)
{
    unsigned count = 7, copied = 0;
    unsigned rounds = (count + 3) / 4;
    switch (count % 4) { // safe: division-by-zero
    case 0:
        do {
            copied++;
    case 3:
            copied++;
    case 2:
            copied++;
    case 1:
            copied++;
        } while (--rounds > 0);
    }
    __ai_assert(copied == 7); // safe: assertion
    return 0;
}
