// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A hash table without buckets.
// witness: 17, 0

#include "../ai.h"

static unsigned bucket(unsigned hash, unsigned buckets)
{
    return hash % buckets; // bug: division-by-zero
}

int main(void)
{
    unsigned hash = __ai_any_uint();
    unsigned buckets = __ai_any_uint();
    return bucket(hash, buckets) > 3;
}
