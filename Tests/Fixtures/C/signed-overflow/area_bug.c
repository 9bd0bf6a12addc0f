// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The area of an image in int, for sizes up to what a file format allows.
// witness: 65535, 65535

#include "../ai.h"

int main(void)
{
    unsigned short width = __ai_any_ushort();
    unsigned short height = __ai_any_ushort();
    int area = width * height; // bug: signed-overflow
    return area > 1000;
}
