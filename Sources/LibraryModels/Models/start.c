// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The state in which main is called and what follows its return. The lowering's entry code is
//     int argc; char **argv, **environment;
//     __ai_start(&argc, &argv, &environment);
//     exit(main(argc, argv, environment));
// with the arguments main declares.
#define _GNU_SOURCE
#include <unistd.h>

#include "ai_string.h"

char **environ;
char **__environ;

// A vector of `count` strings and a null pointer, all of them writable (C11 5.1.2.2.1p2) and of unknown content. Linux
// limits a string to 131072 bytes.
static char **strings(int count)
{
    char **vector = __ai_object(((unsigned long)count + 1) * sizeof *vector);
    for (int i = 0; i < count; i++) {
        unsigned long n = 1 + ai_up_to(131071);
        char *string = __ai_object(n);
        ai_any_string(string, n);
        vector[i] = string;
    }
    vector[count] = NULL;
    return vector;
}

// Linux gives a program's strings at most 6 MiB altogether, so that there are fewer than 2^22 of them.
void __ai_start(int *argc, char ***argv, char ***environment)
{
    *argc = ai_between(0, (1 << 22) - 1);
    *argv = strings(*argc);
    environ = __environ = *environment = strings(ai_between(0, (1 << 22) - 1));
}
