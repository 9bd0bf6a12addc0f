// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A member of a packed structure is read by its name: the compiler knows that it is unaligned.

struct __attribute__((packed)) header {
    unsigned char type;
    unsigned length;
    unsigned short port;
};

int main(void)
{
    struct header header = {1, 500, 80};
    header.length += header.port; // safe: misaligned-access, out-of-bounds-read, out-of-bounds-write
    return header.length == 580;
}
