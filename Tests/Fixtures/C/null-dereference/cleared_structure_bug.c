// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A structure that was initialised is cleared as a whole: its pointer is null.
// witness:

#include <string.h>

struct view {
    int length;
    const int *data;
};

int main(void)
{
    int value = 5;
    struct view view = {1, &value};
    memset(&view, 0, sizeof view);
    if (view.length != 0)
        return 0;
    return *view.data; // bug: null-dereference // safe: uninitialized-read, out-of-bounds-read, dangling-pointer, misaligned-access, use-after-free
}
