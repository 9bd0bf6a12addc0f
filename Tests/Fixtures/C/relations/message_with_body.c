// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A message carries its own length, which is held against the bytes that have come before anything is read.

#include "../ai.h"
#include <stdlib.h>

struct message {
    unsigned short kind, length;
    unsigned char body[];
};

static unsigned handle(const struct message *message, size_t size)
{
    if (size < sizeof *message)
        return 0;
    size_t length = message->length; // safe: out-of-bounds-read, uninitialized-read
    if (length > size - sizeof *message)
        return 0;
    unsigned sum = message->kind; // safe: out-of-bounds-read, uninitialized-read
    for (size_t i = 0; i < length; i++)
        sum += message->body[i]; // safe: out-of-bounds-read, uninitialized-read
    return sum;
}

int main(void)
{
    size_t size = __ai_any_uchar();
    struct message *message = calloc(size, 1); // safe: out-of-bounds-write
    if (!message)
        return 1;
    __ai_any_bytes(message, size); // safe: out-of-bounds-write
    unsigned sum = handle(message, size);
    free(message);
    return sum == 77;
}
