// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The area of an image whose sides are at most 4096 pixels.

#include "../ai.h"

int main(void)
{
    unsigned short width = __ai_any_ushort();
    unsigned short height = __ai_any_ushort();
    if (width > 4096 || height > 4096)
        return 1;
    int area = width * height; // safe: signed-overflow
    return area > 1000;
}
