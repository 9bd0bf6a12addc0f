// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <signal.h>: handlers run where a signal is raised and, once, where they are installed, so that their code is analysed.
// That a signal from outside may interrupt the program anywhere is not covered: the registry flags it.
#define _GNU_SOURCE
#include <signal.h>

#include "ai_errno.h"
#include "ai_signal.h"

static struct sigaction actions[65];

static _Bool is_function(sighandler_t handler)
{
    return handler != SIG_DFL && handler != SIG_IGN && handler != SIG_ERR;
}

// A handler with SA_SIGINFO gets information of unknown content.
void __ai_deliver(int number)
{
    struct sigaction *action = &actions[number];
    if (action->sa_flags & SA_SIGINFO) {
        siginfo_t information;
        __ai_write(&information, sizeof information);
        action->sa_sigaction(number, &information, NULL);
    } else if (is_function(action->sa_handler)) {
        action->sa_handler(number);
    }
}

static _Bool is_signal(int number)
{
    return number >= 1 && number <= 64;
}

sighandler_t signal(int number, sighandler_t handler)
{
    sighandler_t old;
    if (!is_signal(number) || __ai_any_bool()) {
        ai_set_errno();
        return SIG_ERR;
    }
    old = actions[number].sa_handler;
    actions[number].sa_flags = 0;
    actions[number].sa_handler = handler;
    if (__ai_any_bool())
        __ai_deliver(number);
    return old;
}

// The default action may end the program.
int raise(int number)
{
    if (__ai_any_bool())
        return __ai_any_bool() ? ai_failure() : ai_between(1, 0x7fffffff);
    if (is_signal(number))
        __ai_deliver(number);
    if (__ai_any_bool())
        __ai_exit();
    return 0;
}

int kill(pid_t process, int number)
{
    (void)process;
    if (__ai_any_bool())
        return ai_failure();
    if (is_signal(number) && __ai_any_bool())
        __ai_deliver(number);
    if (__ai_any_bool())
        __ai_exit();
    return 0;
}

int sigaction(int number, const struct sigaction *restrict new, struct sigaction *restrict old)
{
    struct sigaction action = { .sa_flags = 0 };
    if (new != NULL)
        action = *new;
    if (!is_signal(number) || __ai_any_bool())
        return ai_failure();
    if (old != NULL)
        *old = actions[number];
    if (new == NULL)
        return 0;
    actions[number] = action;
    if (__ai_any_bool())
        __ai_deliver(number);
    return 0;
}

int sigemptyset(sigset_t *set)
{
    __ai_fill(set, 0, sizeof *set);
    return 0;
}

int sigfillset(sigset_t *set)
{
    __ai_fill(set, 255, sizeof *set);
    return 0;
}

// The set's bits are not followed one by one.
static int change(sigset_t *set)
{
    __ai_read(set, sizeof *set);
    __ai_write(set, sizeof *set);
    return ai_zero_or_failure();
}

int sigaddset(sigset_t *set, int number)
{
    (void)number;
    return change(set);
}

int sigdelset(sigset_t *set, int number)
{
    (void)number;
    return change(set);
}

int sigismember(const sigset_t *set, int number)
{
    (void)number;
    __ai_read(set, sizeof *set);
    return ai_between(-1, 1);
}

int sigprocmask(int how, const sigset_t *restrict new, sigset_t *restrict old)
{
    (void)how;
    if (new != NULL)
        __ai_read(new, sizeof *new);
    if (__ai_any_bool())
        return ai_failure();
    if (old != NULL)
        __ai_write(old, sizeof *old);
    return 0;
}
