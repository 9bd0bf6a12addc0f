// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The check comes after the first use.
// witness: 0

#include "../ai.h"
#include <stddef.h>

struct device {
    int id;
    int enabled;
};

static struct device console = {1, 1};

int main(void)
{
    struct device *device = __ai_any_bool() ? &console : NULL;
    int enabled = device->enabled; // bug: null-dereference
    if (device == NULL)
        return 1;
    return enabled;
}
