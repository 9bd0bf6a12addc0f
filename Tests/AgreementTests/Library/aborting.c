// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// A program that gives up: no handler, and what its streams hold is lost.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    printf("written\n");
    fflush(stdout);
    printf("lost\n");
    fputs("fatal\n", stderr);
    abort();
}
