// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// _exit leaves what streams hold unwritten, and runs nothing that atexit was given.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void last(void) { puts("never"); }

int main(void)
{
    atexit(last);
    printf("flushed\n");
    fflush(stdout);
    printf("not flushed\n");
    _exit(9);
}
