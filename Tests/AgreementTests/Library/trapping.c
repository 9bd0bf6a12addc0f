// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The compiler's own way to give up.
#include <stdio.h>

int main(int argc, char **argv)
{
    (void)argv;
    printf("written\n");
    fflush(stdout);
    printf("lost\n");
    if (argc > 0)
        __builtin_trap();
    return 0;
}
