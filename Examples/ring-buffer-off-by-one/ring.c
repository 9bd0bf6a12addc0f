// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Ring buffer with a planted bug.
//
// This is ../ring-buffer/ring.c with one character changed: the test in after() says `>` where it must say `>=`. A position may
// then be RING_SIZE for one step. The byte that is put there lands behind the array, in the first byte of `head`, and the consumer
// continues at some other place of the ring, or outside of it. Few tests notice: most bytes come out as they went in.
//
//     make                            builds ./ring-buffer-off-by-one
//     AI_SEED=7 ./ring-buffer-off-by-one  runs, and often looks healthy
//     ai-check -p .                   names the line
#include "../ring-buffer/ring.h"

void ring_clear(struct ring *ring)
{
    ring->head = 0;
    ring->tail = 0;
    ring->count = 0;
}

static unsigned after(unsigned position)
{
    position++;
    if (position > RING_SIZE)
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
