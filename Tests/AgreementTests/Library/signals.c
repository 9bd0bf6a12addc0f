// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Handlers, sets of signals, and what runs at the end.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t seen;

static void handler(int number) { seen = seen * 100 + number; }

static void informed(int number, siginfo_t *information, void *context)
{
    (void)context;
    seen = number + 1000 * information->si_signo;
}

static void last(void) { printf("at the end %d\n", (int)seen); }

int main(void)
{
    struct sigaction action, old;
    sigset_t set, before;
    // Whatever the parent blocks.
    sigemptyset(&set);
    sigprocmask(SIG_SETMASK, &set, NULL);
    atexit(last);
    printf("%d\n", signal(SIGUSR1, handler) == SIG_DFL);
    printf("%d\n", signal(SIGUSR1, handler) == handler);
    printf("%d", raise(SIGUSR1));
    printf(" %d\n", (int)seen);
    printf("%d\n", signal(SIGUSR1, SIG_IGN) == handler);
    printf("%d", raise(SIGUSR1));
    printf(" %d\n", (int)seen);
    printf("%d ", signal(SIGKILL, handler) == SIG_ERR);
    printf("%d\n", errno);
    memset(&action, 0, sizeof action);
    action.sa_sigaction = informed;
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    printf("%d", sigaction(SIGUSR2, &action, &old));
    printf(" %d ", old.sa_handler == SIG_DFL);
    printf("%d", kill(getpid(), SIGUSR2));
    printf(" %d\n", (int)seen);
    printf("%d", sigaction(SIGUSR2, NULL, &old));
    printf(" %d\n", old.sa_sigaction == informed);
    sigemptyset(&set);
    printf("%d ", sigismember(&set, SIGINT));
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigdelset(&set, SIGTERM);
    printf("%d", sigismember(&set, SIGINT));
    printf(" %d", sigismember(&set, SIGTERM));
    printf(" %d\n", sigaddset(&set, 0));
    printf("%d ", sigprocmask(SIG_BLOCK, &set, &before));
    printf("%d ", sigismember(&before, SIGINT));
    sigprocmask(SIG_UNBLOCK, &set, &before);
    printf("%d ", sigismember(&before, SIGINT));
    printf("%d\n", sigprocmask(77, &set, NULL));
    fflush(stdout);
    raise(SIGTERM);
    printf("not reached\n");
    return 0;
}
