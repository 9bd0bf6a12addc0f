// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <fcntl.h>. The mode, which open takes only with O_CREAT, is not looked at.
#define _GNU_SOURCE
#include <fcntl.h>

#include "ai_errno.h"
#include "ai_string.h"

static int descriptor(const char *path)
{
    ai_length(path);
    return __ai_any_bool() ? ai_between(0, 0x7fffffff) : ai_failure();
}

int open(const char *path, int flags, ...)
{
    (void)flags;
    return descriptor(path);
}

int openat(int directory, const char *path, int flags, ...)
{
    (void)directory, (void)flags;
    return descriptor(path);
}

int creat(const char *path, mode_t mode)
{
    (void)mode;
    return descriptor(path);
}
