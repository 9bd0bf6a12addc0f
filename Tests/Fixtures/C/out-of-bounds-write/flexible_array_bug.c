// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The flexible array of a message holds one byte less than is written.
// witness:

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
    message->length = 5;
    for (unsigned i = 0; i < 5; i++)
        message->data[i] = 0; // bug: out-of-bounds-write
    free(message);
    return 0;
}
