// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// A queue whose positions are wrapped two calls below the loops that use it: widening has to stop at what callees compare.
// Two in one main loop, one with the position in memory, one that hands it on by value.
#include "../ai.h"

struct queue {
    unsigned first, last, count;
    unsigned char bytes[64];
};

static struct queue queue;
static int slots[48];

static unsigned after(unsigned position)
{
    position++;
    return position >= 64 ? 0 : position;
}

static int put(struct queue *q, unsigned char byte)
{
    if (q->count >= 64)
        return 0;
    q->bytes[q->last] = byte; // safe: out-of-bounds-write
    q->last = after(q->last);
    q->count++;
    return 1;
}

static int get(struct queue *q, unsigned char *byte)
{
    if (q->count == 0)
        return 0;
    *byte = q->bytes[q->first]; // safe: out-of-bounds-read
    q->first = after(q->first);
    q->count--;
    return 1;
}

static unsigned put_all(struct queue *q, const unsigned char *bytes, unsigned n)
{
    unsigned done = 0;
    while (done < n && put(q, bytes[done])) // safe: out-of-bounds-read
        done++;
    return done;
}

static unsigned fill(unsigned at)
{
    slots[at] = __ai_any_int(); // safe: out-of-bounds-write
    return at + 1 < 48 ? at + 1 : 0;
}

int main(void)
{
    unsigned at = 0;
    while (__ai_any_bool()) {
        unsigned char burst[24], byte;
        __ai_any_bytes(burst, sizeof burst);
        put_all(&queue, burst, __ai_any_uchar() % 25);
        for (unsigned i = 0; i < 32 && get(&queue, &byte); i++)
            ;
        at = fill(at);
    }
    return 0;
}
