// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A switch over an enumeration meets a value that has no name.
// witness: 3

#include "../ai.h"

enum state { idle, running, stopped };

static int code(enum state state)
{
    switch (state) {
    case idle:
        return 10;
    case running:
        return 20;
    case stopped:
        return 30;
    }
} // bug: missing-return

int main(void)
{
    unsigned raw = __ai_any_uint() % 4;
    return code((enum state)raw) > 10;
}
