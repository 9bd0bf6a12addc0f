// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The ring buffer. Both positions return to 0 as soon as they reach RING_SIZE, so that each is always the index of a byte:
// that is the invariant which the proof needs, and which the analysis finds by itself.
#include "ring.h"

void ring_clear(struct ring *ring)
{
    ring->head = 0;
    ring->tail = 0;
    ring->count = 0;
}

static unsigned after(unsigned position)
{
    position++;
    if (position >= RING_SIZE)
        position = 0;
    return position;
}

int ring_put(struct ring *ring, unsigned char byte)
{
    if (ring->count >= RING_SIZE)
        return 0;
    ring->bytes[ring->tail] = byte;
    ring->tail = after(ring->tail);
    ring->count++;
    return 1;
}

int ring_get(struct ring *ring, unsigned char *byte)
{
    if (ring->count == 0)
        return 0;
    *byte = ring->bytes[ring->head];
    ring->head = after(ring->head);
    ring->count--;
    return 1;
}

unsigned ring_write(struct ring *ring, const unsigned char *bytes, unsigned length)
{
    unsigned written = 0;
    while (written < length && ring_put(ring, bytes[written]))
        written++;
    return written;
}
