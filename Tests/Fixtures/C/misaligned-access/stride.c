// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Records of eight bytes, read as structures of eight.

#include "../ai.h"

struct record {
    int key;
    short flags;
};

int main(void)
{
    _Alignas(8) static unsigned char file[64];
    unsigned number = __ai_any_uint() % 8;
    struct record *record = (struct record *)(file + number * 8);
    return record->key == 3; // safe: misaligned-access, out-of-bounds-read
}
