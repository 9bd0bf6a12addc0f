// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// An array member next to another member: its own bound counts.

#include "../ai.h"

struct packet {
    unsigned char length;
    unsigned char payload[7];
    int checksum;
};

int main(void)
{
    struct packet packet = {.length = 3, .payload = {1, 2, 3}, .checksum = 6};
    unsigned sum = 0;
    unsigned length = __ai_any_uchar();
    packet.length = (unsigned char)(length > 7 ? 7 : length);
    unsigned count = packet.length;
    for (unsigned i = 0; i < count; i++)
        sum += packet.payload[i]; // safe: out-of-bounds-read
    return sum == (unsigned)packet.checksum;
}
