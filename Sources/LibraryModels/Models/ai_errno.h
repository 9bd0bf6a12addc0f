// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// errno as the models set it. C11 7.5p3: the library never sets it to zero, but may set it although a call succeeded.
#ifndef AI_ERRNO_H
#define AI_ERRNO_H

#include "ai.h"

extern int __ai_errno;

// The call failed: errno is one of Linux's error numbers.
static inline void ai_set_errno(void)
{
    __ai_errno = ai_between(1, 4095);
}

// The call may have changed errno.
static inline void ai_touch_errno(void)
{
    if (__ai_any_bool())
        ai_set_errno();
}

// The value with which a system call reports failure.
static inline int ai_failure(void)
{
    ai_set_errno();
    return -1;
}

// 0, or -1 with errno set.
static inline int ai_zero_or_failure(void)
{
    if (__ai_any_bool())
        return 0;
    return ai_failure();
}

#endif
