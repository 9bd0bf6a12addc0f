// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <stdlib.h>: the program's end and its environment.
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>

#include "ai_errno.h"
#include "ai_signal.h"
#include "ai_string.h"

// The functions given to atexit. More than the 32 the standard guarantees are assumed not to be registered.
static void (*exit_functions[32])(void);
static int exit_count;
static void (*quick_exit_functions[32])(void);
static int quick_exit_count;

int atexit(void (*function)(void))
{
    if (__ai_any_bool())
        return ai_between(1, 0x7fffffff);
    __ai_assume(exit_count < 32);
    exit_functions[exit_count++] = function;
    return 0;
}

int at_quick_exit(void (*function)(void))
{
    if (__ai_any_bool())
        return ai_between(1, 0x7fffffff);
    __ai_assume(quick_exit_count < 32);
    quick_exit_functions[quick_exit_count++] = function;
    return 0;
}

// C11 7.22.4.4: in reverse order of registration; a function registered meanwhile runs next. Calling exit twice is
// undefined.
void exit(int status)
{
    static _Bool called;
    (void)status;
    __ai_require(!called);
    called = 1;
    while (exit_count > 0)
        exit_functions[--exit_count]();
    __ai_exit();
}

void quick_exit(int status)
{
    static _Bool called;
    (void)status;
    __ai_require(!called);
    called = 1;
    while (quick_exit_count > 0)
        quick_exit_functions[--quick_exit_count]();
    __ai_exit();
}

void _Exit(int status)
{
    (void)status;
    __ai_exit();
}

// A handler of SIGABRT runs; whether it returns or not the program ends.
void abort(void)
{
    __ai_deliver(SIGABRT);
    __ai_exit();
}

// Any string of at most 131071 bytes, Linux's limit, in an object of its own; or one that an earlier call gave.
char *getenv(const char *name)
{
    static char *kept;
    ai_length(name);
    if (__ai_any_bool())
        return NULL;
    if (kept == NULL || __ai_any_bool()) {
        unsigned long n = 1 + ai_up_to(131071);
        char *value = __ai_object(n);
        ai_any_string(value, n);
        if (__ai_any_bool())
            kept = value;
        return value;
    }
    return kept;
}

// The command runs in another process.
int system(const char *command)
{
    if (command != NULL)
        ai_length(command);
    ai_touch_errno();
    return __ai_any_int();
}

// The last six characters become others (POSIX).
int mkstemp(char *path)
{
    size_t n = ai_length(path);
    if (n >= 6)
        __ai_write(path + n - 6, 6);
    if (__ai_any_bool())
        return ai_between(0, 0x7fffffff);
    return ai_failure();
}
