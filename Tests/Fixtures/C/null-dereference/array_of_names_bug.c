// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A table of names ends with a null pointer, and the index may point at it.
// witness: 3

#include "../ai.h"

static const char *const names[] = {"idle", "run", "stop", 0};

int main(void)
{
    unsigned which = __ai_any_uint() % 4;
    const char *name = names[which];
    return name[0] == 'i'; // bug: null-dereference
}
