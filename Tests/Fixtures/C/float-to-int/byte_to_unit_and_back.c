// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A colour channel goes to the unit interval and back.

#include "../ai.h"

int main(void)
{
    unsigned char channel = __ai_any_uchar();
    float unit = (float)channel / 255.0f;
    float half = unit * 0.5f;
    unsigned char darker = (unsigned char)(half * 255.0f); // safe: float-to-int
    return darker == 3;
}
