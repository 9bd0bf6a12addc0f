// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two counters that stop at their limits: what was used is at most what was given, whatever the order of the requests.

#include "../ai.h"

struct budget {
    unsigned given, used, limit;
};

static unsigned request(struct budget *budget, unsigned amount)
{
    unsigned left = budget->given - budget->used;
    unsigned granted = amount < left ? amount : left;
    budget->used += granted;
    return granted;
}

static void refund(struct budget *budget, unsigned amount)
{
    budget->used = amount < budget->used ? budget->used - amount : 0;
}

int main(void)
{
    static char log[1001];
    struct budget budget = {0, 0, __ai_any_uint() % 1001};
    while (__ai_any_bool()) {
        unsigned amount = __ai_any_uint();
        if (__ai_any_bool() && budget.given < budget.limit)
            budget.given++;
        unsigned granted = request(&budget, amount);
        __ai_assert(granted <= amount); // imprecise: assertion
        if (__ai_any_bool())
            refund(&budget, granted);
        __ai_assert(budget.used <= budget.given && budget.given <= budget.limit); // imprecise: assertion
        log[budget.given - budget.used]++; // safe: out-of-bounds-write
    }
    return log[budget.limit - budget.given]; // imprecise: out-of-bounds-read
}
