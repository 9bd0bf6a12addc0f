// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <unistd.h>: descriptors are plain numbers; any call may fail, and what is read is any value.
#define _GNU_SOURCE
#include <stdint.h>
#include <unistd.h>

#include "ai_errno.h"
#include "ai_string.h"

char *optarg;
int optind = 1, opterr = 1, optopt = '?';

int close(int descriptor)
{
    (void)descriptor;
    return ai_zero_or_failure();
}

// The kernel stores what there is, at most n bytes.
ssize_t read(int descriptor, void *p, size_t n)
{
    size_t got = ai_up_to(n);
    (void)descriptor;
    if (__ai_any_bool())
        return ai_failure();
    __ai_assume(got <= 0x7ffff000);
    __ai_write(p, got);
    return (ssize_t)got;
}

// Linux transfers at most 0x7ffff000 bytes.
ssize_t write(int descriptor, const void *p, size_t n)
{
    size_t taken = ai_up_to(n);
    (void)descriptor;
    __ai_read(p, n);
    if (__ai_any_bool())
        return ai_failure();
    __ai_assume(taken <= 0x7ffff000);
    return (ssize_t)taken;
}

off_t lseek(int descriptor, off_t offset, int origin)
{
    off_t at = __ai_any_long();
    (void)descriptor, (void)offset, (void)origin;
    if (__ai_any_bool())
        return ai_failure();
    __ai_assume(at >= 0);
    return at;
}

int isatty(int descriptor)
{
    (void)descriptor;
    ai_touch_errno();
    return __ai_any_bool();
}

int unlink(const char *path)
{
    ai_length(path);
    return ai_zero_or_failure();
}

int rmdir(const char *path)
{
    ai_length(path);
    return ai_zero_or_failure();
}

int chdir(const char *path)
{
    ai_length(path);
    return ai_zero_or_failure();
}

int access(const char *path, int mode)
{
    (void)mode;
    ai_length(path);
    return ai_zero_or_failure();
}

int chown(const char *path, uid_t user, gid_t group)
{
    (void)user, (void)group;
    ai_length(path);
    return ai_zero_or_failure();
}

int fchown(int descriptor, uid_t user, gid_t group)
{
    (void)descriptor, (void)user, (void)group;
    return ai_zero_or_failure();
}

int ftruncate(int descriptor, off_t length)
{
    (void)descriptor, (void)length;
    return ai_zero_or_failure();
}

int fsync(int descriptor)
{
    (void)descriptor;
    return ai_zero_or_failure();
}

int dup(int descriptor)
{
    (void)descriptor;
    return __ai_any_bool() ? ai_between(0, 0x7fffffff) : ai_failure();
}

int dup2(int descriptor, int wanted)
{
    (void)descriptor;
    return wanted >= 0 && __ai_any_bool() ? wanted : ai_failure();
}

int pipe(int ends[2])
{
    if (__ai_any_bool())
        return ai_failure();
    ends[0] = ai_between(0, 0x7fffffff);
    ends[1] = ai_between(0, 0x7fffffff);
    return 0;
}

pid_t getpid(void) { return ai_between(1, 0x7fffffff); }
pid_t getppid(void) { return ai_between(0, 0x7fffffff); }
uid_t getuid(void) { return __ai_any_uint(); }
uid_t geteuid(void) { return __ai_any_uint(); }
gid_t getgid(void) { return __ai_any_uint(); }
gid_t getegid(void) { return __ai_any_uint(); }

unsigned sleep(unsigned seconds)
{
    ai_touch_errno();
    return (unsigned)ai_up_to(seconds);
}

int usleep(useconds_t microseconds)
{
    (void)microseconds;
    return ai_zero_or_failure();
}

// Neither stdio's buffers nor the functions given to atexit are looked at.
void _exit(int status)
{
    (void)status;
    __ai_exit();
}

// A null buffer makes the library allocate one, as large as needed where n is 0 (glibc).
char *getcwd(char *buffer, size_t n)
{
    size_t length = ai_up_to(0x7ffffffe);
    if (buffer == NULL) {
        if (n == 0)
            n = length + 1;
        buffer = __ai_allocate(n);
        if (buffer == NULL || __ai_any_bool()) {
            __ai_free(buffer);
            ai_set_errno();
            return NULL;
        }
    }
    if (length >= n || __ai_any_bool()) {
        ai_set_errno();
        return NULL;
    }
    __ai_write(buffer, length);
    buffer[length] = 0;
    return buffer;
}

// The result is an option's letter, '?', ':' or -1. glibc may reorder the arguments, also when it returns -1; their
// strings stay.
int getopt(int count, char *const *arguments, const char *options)
{
    ai_length(options);
    for (int i = 0; i < count; i++) {
        int j = ai_between(0, count - 1);
        char *argument = arguments[i];
        ai_length(argument);
        if (__ai_any_bool()) {
            ((char **)arguments)[i] = arguments[j];
            ((char **)arguments)[j] = argument;
        }
    }
    optind = ai_between(1, count < 1 ? 1 : count);
    optarg = NULL;
    if (count < 1 || __ai_any_bool())
        return -1;
    if (__ai_any_bool())
        optarg = arguments[optind - 1] + ai_prefix(arguments[optind - 1]);
    optopt = ai_between(0, 255);
    return ai_between(1, 255);
}
