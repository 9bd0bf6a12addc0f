// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <sys/stat.h> and <utime.h>: a file's data are any values.
#define _GNU_SOURCE
#include <sys/stat.h>
#include <utime.h>

#include "ai_errno.h"
#include "ai_string.h"

static int status(struct stat *result)
{
    if (__ai_any_bool())
        return ai_failure();
    __ai_write(result, sizeof *result);
    return 0;
}

int stat(const char *restrict path, struct stat *restrict result)
{
    ai_length(path);
    return status(result);
}

int lstat(const char *restrict path, struct stat *restrict result)
{
    ai_length(path);
    return status(result);
}

int fstat(int descriptor, struct stat *result)
{
    (void)descriptor;
    return status(result);
}

int chmod(const char *path, mode_t mode)
{
    (void)mode;
    ai_length(path);
    return ai_zero_or_failure();
}

int fchmod(int descriptor, mode_t mode)
{
    (void)descriptor, (void)mode;
    return ai_zero_or_failure();
}

int mkdir(const char *path, mode_t mode)
{
    (void)mode;
    ai_length(path);
    return ai_zero_or_failure();
}

mode_t umask(mode_t mode)
{
    (void)mode;
    return (mode_t)ai_between(0, 0777);
}

int utime(const char *path, const struct utimbuf *times)
{
    ai_length(path);
    if (times != NULL)
        __ai_read(times, sizeof *times);
    return ai_zero_or_failure();
}
