// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Three arrays share one count, and an index that is below it is inside of each.

#include "../ai.h"
#include <stdlib.h>

struct particles {
    float *place, *speed;
    unsigned char *alive;
    unsigned count;
};

static void step(struct particles *all)
{
    for (unsigned i = 0; i < all->count;) {
        if (all->alive[i]) { // safe: uninitialized-read // imprecise: out-of-bounds-read
            all->place[i] += all->speed[i]; // safe: uninitialized-read // imprecise: out-of-bounds-read, out-of-bounds-write
            i++;
            continue;
        }
        all->count--;
        all->place[i] = all->place[all->count]; // safe: uninitialized-read // imprecise: out-of-bounds-read, out-of-bounds-write
        all->speed[i] = all->speed[all->count]; // safe: uninitialized-read // imprecise: out-of-bounds-read, out-of-bounds-write
        all->alive[i] = all->alive[all->count]; // safe: uninitialized-read // imprecise: out-of-bounds-read, out-of-bounds-write
    }
}

int main(void)
{
    unsigned count = __ai_any_uchar();
    struct particles all = {calloc(count, 4), calloc(count, 4), malloc(count), count}; // safe: out-of-bounds-write
    if (all.place && all.speed && all.alive) {
        __ai_any_bytes(all.alive, count); // safe: out-of-bounds-write
        step(&all);
        __ai_assert(all.count <= count); // imprecise: assertion
    }
    free(all.alive);
    free(all.speed);
    free(all.place);
    return 0;
}
