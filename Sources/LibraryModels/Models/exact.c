// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// What executing a program needs to be exact of functions that call the program back: they take the place of the models
// of the same names, which leave open what the real functions do. The rest of the library is provided by who executes.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "ai.h"

// Destructors of the program run.
void __ai_run_destructors(void);
// The program ends with a status, or by a signal. Provided.
_Noreturn void __ai_finish(int status);
_Noreturn void __ai_kill(int signal);
// What streams hold goes to their files. Provided.
void __ai_flush_streams(void);

// argv, argc and the environment of the execution. Provided.
void __ai_provide_arguments(int *argc, char ***argv, char ***environment);

extern char **environ, **__environ;

void __ai_start(int *argc, char ***argv, char ***environment)
{
    __ai_provide_arguments(argc, argv, environment);
    environ = __environ = *environment;
}

static void (*exit_functions[4096])(void);
static int exit_count;
static void (*quick_exit_functions[4096])(void);
static int quick_exit_count;

int atexit(void (*function)(void))
{
    if (exit_count == 4096)
        return 1;
    exit_functions[exit_count++] = function;
    return 0;
}

int at_quick_exit(void (*function)(void))
{
    if (quick_exit_count == 4096)
        return 1;
    quick_exit_functions[quick_exit_count++] = function;
    return 0;
}

void exit(int status)
{
    static _Bool called;
    __ai_require(!called);
    called = 1;
    while (exit_count > 0)
        exit_functions[--exit_count]();
    __ai_run_destructors();
    __ai_flush_streams();
    __ai_finish(status);
}

void quick_exit(int status)
{
    static _Bool called;
    __ai_require(!called);
    called = 1;
    while (quick_exit_count > 0)
        quick_exit_functions[--quick_exit_count]();
    __ai_finish(status);
}

void _Exit(int status)
{
    __ai_finish(status);
}

void _exit(int status)
{
    __ai_finish(status);
}

static void require_array(const void *base, size_t count, size_t size)
{
    __ai_require(size == 0 || count <= SIZE_MAX / size);
    ai_require_pointer(base, count * size);
}

// Merges the sorted halves of an array; what compares equal keeps its order, as with glibc.
static void merge(char *elements, size_t left, size_t count, size_t size, char *buffer,
                  int (*compare)(const void *, const void *))
{
    size_t i = 0, j = left, k = 0;
    while (i < left && j < count) {
        size_t next = compare(elements + i * size, elements + j * size) <= 0 ? i++ : j++;
        __ai_copy(buffer + k++ * size, elements + next * size, size);
    }
    // What is left of the left half goes to the end; what is left of the right one stands there.
    __ai_copy(elements + k * size, elements + i * size, (left - i) * size);
    __ai_copy(elements, buffer, k * size);
}

static void sort(char *elements, size_t count, size_t size, char *buffer, int (*compare)(const void *, const void *))
{
    size_t left = count / 2;
    if (count < 2)
        return;
    sort(elements, left, size, buffer, compare);
    sort(elements + left * size, count - left, size, buffer, compare);
    merge(elements, left, count, size, buffer, compare);
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    char *buffer;
    require_array(base, count, size);
    if (count < 2 || size == 0)
        return;
    buffer = __ai_allocate(count * size);
    if (buffer == NULL) {
        sort(base, count, size, __ai_object(count * size), compare);
        return;
    }
    sort(base, count, size, buffer, compare);
    __ai_free(buffer);
}

void *bsearch(const void *key, const void *base, size_t count, size_t size,
              int (*compare)(const void *, const void *))
{
    const char *elements = base;
    size_t low = 0, high = count;
    require_array(base, count, size);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(key, elements + middle * size);
        if (order == 0)
            return (void *)(elements + middle * size);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static struct sigaction actions[65];

// Linux lets no program handle SIGKILL and SIGSTOP, and glibc keeps 32 and 33 for itself.
static _Bool is_settable(int number)
{
    return number >= 1 && number <= 64 && number != SIGKILL && number != SIGSTOP && number != 32 && number != 33;
}

sighandler_t signal(int number, sighandler_t handler)
{
    sighandler_t before;
    if (!is_settable(number)) {
        errno = EINVAL;
        return SIG_ERR;
    }
    before = actions[number].sa_handler;
    actions[number] = (struct sigaction){ .sa_handler = handler };
    return before;
}

int sigaction(int number, const struct sigaction *restrict new, struct sigaction *restrict old)
{
    struct sigaction action = { .sa_flags = 0 };
    if (new != NULL)
        action = *new;
    if (!is_settable(number)) {
        errno = EINVAL;
        return -1;
    }
    if (old != NULL)
        *old = actions[number];
    if (new != NULL)
        actions[number] = action;
    return 0;
}

// Runs the handler, or does what is done by default. A handler stays installed (BSD semantics, glibc's default).
static void deliver(int number)
{
    struct sigaction action = actions[number];
    if (action.sa_flags & SA_RESETHAND)
        actions[number].sa_handler = SIG_DFL;
    if (action.sa_handler == SIG_IGN)
        return;
    if (action.sa_flags & SA_SIGINFO) {
        siginfo_t information = { .si_signo = number };
        action.sa_sigaction(number, &information, NULL);
    } else if (action.sa_handler != SIG_DFL) {
        action.sa_handler(number);
    } else if (number != SIGCHLD && number != SIGCONT && number != SIGURG && number != SIGWINCH) {
        __ai_kill(number);
    }
}

int raise(int number)
{
    if (number < 1 || number > 64) {
        errno = EINVAL;
        return -1;
    }
    deliver(number);
    return 0;
}

// No other process gets a signal.
int kill(pid_t process, int number)
{
    if (number < 0 || number > 64) {
        errno = EINVAL;
        return -1;
    }
    if (process != getpid()) {
        errno = EPERM;
        return -1;
    }
    if (number != 0)
        deliver(number);
    return 0;
}

// Whether a handler returns or not the program ends.
void abort(void)
{
    if (actions[SIGABRT].sa_handler != SIG_DFL)
        deliver(SIGABRT);
    __ai_kill(SIGABRT);
}
