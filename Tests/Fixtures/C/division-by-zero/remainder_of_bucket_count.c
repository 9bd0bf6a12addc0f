// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A hash table has at least sixteen buckets.

#include "../ai.h"

static unsigned bucket(unsigned hash, unsigned buckets)
{
    return hash % buckets; // safe: division-by-zero
}

int main(void)
{
    unsigned hash = __ai_any_uint();
    unsigned wanted = __ai_any_uint();
    unsigned buckets = wanted < 16 ? 16 : wanted;
    return bucket(hash, buckets) > 3;
}
