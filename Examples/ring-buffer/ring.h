// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// A ring buffer of bytes between one producer and one consumer.
#ifndef RING_H
#define RING_H

#define RING_SIZE 64u

struct ring {
    unsigned char bytes[RING_SIZE];
    unsigned head;  // where the next byte is taken, below RING_SIZE
    unsigned tail;  // where the next byte is put, below RING_SIZE
    unsigned count; // the bytes inside, at most RING_SIZE
};

void ring_clear(struct ring *ring);

// Puts one byte in; 0 when the ring is full.
int ring_put(struct ring *ring, unsigned char byte);

// Takes the oldest byte out; 0 when the ring is empty.
int ring_get(struct ring *ring, unsigned char *byte);

// Puts in as many of the bytes as there is room for, and returns how many these were.
unsigned ring_write(struct ring *ring, const unsigned char *bytes, unsigned length);

#endif
