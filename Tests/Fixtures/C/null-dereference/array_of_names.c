// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A table of names that ends with a null pointer is searched up to it.

static const char *const names[] = {"idle", "run", "stop", 0};

int main(void)
{
    unsigned found = 0;
    for (unsigned i = 0; i < 4; i++) {
        const char *name = names[i]; // safe: out-of-bounds-read
        if (!name)
            break;
        if (name[0] == 'r') // safe: null-dereference, out-of-bounds-read
            found = i;
    }
    return found == 1;
}
