// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <string.h>: strings the library makes: copies on the heap and messages.
#define _GNU_SOURCE
#include <string.h>

#include "ai_errno.h"
#include "ai_string.h"

char *strdup(const char *s)
{
    size_t n = ai_length(s) + 1;
    char *copy = __ai_allocate(n);
    if (copy == NULL) {
        ai_set_errno();
        return NULL;
    }
    __ai_copy(copy, s, n);
    return copy;
}

char *strndup(const char *s, size_t n)
{
    size_t length = ai_length_within(s, n);
    char *copy = __ai_allocate(length + 1);
    ai_require_pointer(s, n);
    if (copy == NULL) {
        ai_set_errno();
        return NULL;
    }
    __ai_copy(copy, s, length);
    copy[length] = 0;
    return copy;
}

// One buffer for all messages: C11 7.24.6.2 lets a later call overwrite it.
static char message[256];

char *strerror(int number)
{
    (void)number;
    ai_any_string(message, sizeof message);
    ai_touch_errno();
    return message;
}

char *strsignal(int number)
{
    (void)number;
    ai_any_string(message, sizeof message);
    return message;
}

// The GNU function: the result is the buffer given, holding a terminated string, or a string of the library's own.
char *strerror_r(int number, char *buffer, size_t n)
{
    (void)number;
    if (n > 0 && __ai_any_bool()) {
        ai_any_string(buffer, 1 + ai_up_to(n - 1));
        return buffer;
    }
    ai_any_string(message, sizeof message);
    return message;
}

// The POSIX function of the same name, as <string.h> declares it without _GNU_SOURCE.
int __xpg_strerror_r(int number, char *buffer, size_t n)
{
    (void)number;
    if (n > 0)
        ai_any_string(buffer, 1 + ai_up_to(n - 1));
    return __ai_any_bool() ? 0 : ai_between(1, 4095);
}
