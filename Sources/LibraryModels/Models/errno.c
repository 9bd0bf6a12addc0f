// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <errno.h>: errno is one object, 0 at the start of the program.
#include <errno.h>

#include "ai_errno.h"

int __ai_errno;

int *__errno_location(void)
{
    return &__ai_errno;
}
