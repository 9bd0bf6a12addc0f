// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The flexible array of a message holds what is written.

#include <stdlib.h>

struct message {
    unsigned length;
    unsigned char data[];
};

int main(void)
{
    struct message *message = malloc(sizeof *message + 4);
    if (!message)
        return 1;
    message->length = 4; // safe: out-of-bounds-write, null-dereference
    for (unsigned i = 0; i < 4; i++)
        message->data[i] = 0; // safe: out-of-bounds-write
    free(message); // safe: invalid-free
    return 0;
}
