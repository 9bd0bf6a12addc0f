// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <stdio.h>: the printf and scanf families, as helpers that the lowering calls for each conversion of a literal format.
// README.md of this folder states the protocol.
#define _GNU_SOURCE
#include <limits.h>
#include <stdio.h>

#include "ai_stream.h"
#include "ai_string.h"

// Output. A conversion's helper gives the number of characters it makes; the lowering adds them up.

// A conversion that makes between `least` and `most` characters.
unsigned long __ai_printf_between(unsigned long least, unsigned long most)
{
    unsigned long n = __ai_any_ulong();
    __ai_assume(n >= least && n <= most);
    return n;
}

// %s. A negative precision is none; with one, the terminator is needed only where fewer bytes come before it.
unsigned long __ai_printf_string(const char *s, int precision)
{
    if (precision < 0)
        return ai_length(s);
    ai_require_pointer(s, (unsigned long)precision);
    return ai_length_within(s, (unsigned long)precision);
}

// %n, stored with the size its length modifier says.
void __ai_printf_store(void *p, unsigned long size)
{
    __ai_write(p, size);
}

// A field width, constant or from an argument: a negative one is a flag and a width (C11 7.21.6.1p5).
unsigned long __ai_printf_pad(unsigned long length, int width)
{
    unsigned long least = (unsigned long)(width < 0 ? -(long)width : (long)width);
    return length < least ? least : length;
}

// A format that is not a literal: what the conversions demand cannot be checked, which is an alarm.
unsigned long __ai_printf_unchecked(const char *format)
{
    ai_length(format);
    __ai_require(__ai_any_bool());
    return __ai_any_ulong();
}

// The number of characters, or a negative value where the call fails or the number is no int.
static int printed(unsigned long length)
{
    if (length > INT_MAX || __ai_any_bool()) {
        ai_set_errno();
        return ai_between(INT_MIN, -1);
    }
    return (int)length;
}

// What ends each function's call. `length` is the sum of the parts.
int __ai_printf(unsigned long length)
{
    ai_use_stream(stdout);
    return printed(length);
}

int __ai_fprintf(FILE *stream, unsigned long length)
{
    ai_use_stream(stream);
    return printed(length);
}

int __ai_dprintf(int descriptor, unsigned long length)
{
    (void)descriptor;
    ai_touch_errno();
    return printed(length);
}

// Into a buffer only a length that is no int makes the call fail; then any part may be stored.
int __ai_sprintf(char *buffer, unsigned long length)
{
    if (length > INT_MAX) {
        __ai_write(buffer, ai_up_to(length));
        ai_set_errno();
        return ai_between(INT_MIN, -1);
    }
    __ai_write(buffer, length);
    buffer[length] = 0;
    return (int)length;
}

int __ai_snprintf(char *buffer, unsigned long size, unsigned long length)
{
    if (length > INT_MAX) {
        __ai_write(buffer, ai_up_to(length < size ? length : size));
        ai_set_errno();
        return ai_between(INT_MIN, -1);
    }
    if (size > 0) {
        unsigned long n = length < size ? length : size - 1;
        __ai_write(buffer, n);
        buffer[n] = 0;
    }
    return (int)length;
}

int __ai_asprintf(char **result, unsigned long length)
{
    char *text = length <= INT_MAX ? __ai_allocate(length + 1) : NULL;
    if (text == NULL) {
        *result = NULL;
        return ai_failure();
    }
    __ai_write(text, length);
    text[length] = 0;
    *result = text;
    return (int)length;
}

// One part %s of a call that fills a buffer: it must not lie where the result goes (C11 7.21.6.6p2). `part` is its
// length as __ai_printf_string gave it, `written` the number of characters the call stores, the terminator included.
void __ai_printf_disjoint(const char *buffer, unsigned long written, const char *s, unsigned long part)
{
    ai_require_disjoint(buffer, written, s, part);
}

// Input. `matched` is the number of conversions with a result so far. Conversion number `index` (counted from 0, those
// with `*` left out) takes place only if all before it did; it gives the new number.

// The bytes of a stream, or of stdin: any number.
unsigned long __ai_scanf_stream(FILE *stream)
{
    ai_use_stream(stream);
    return ULONG_MAX;
}

unsigned long __ai_scanf_input(void)
{
    return __ai_scanf_stream(stdin);
}

// The bytes of a string (sscanf).
unsigned long __ai_scanf_text(const char *s)
{
    return ai_length(s);
}

// A conversion that stores one object.
int __ai_scanf_value(int matched, int index, void *p, unsigned long size)
{
    if (matched != index || __ai_any_bool())
        return matched;
    __ai_write(p, size);
    return matched + 1;
}

// %s and %[: at least one byte, at most `width` (0 stands for no limit) and no more than are `available`, and a terminator.
int __ai_scanf_string(int matched, int index, char *p, unsigned long width, unsigned long available)
{
    unsigned long n = __ai_any_ulong();
    if (matched != index || __ai_any_bool())
        return matched;
    __ai_assume(n >= 1 && n <= available && (width == 0 || n <= width));
    __ai_write(p, n);
    p[n] = 0;
    return matched + 1;
}

// %c: `width` bytes, without a terminator; where the input ends before, some of them. glibc counts the conversion then, if
// there was a byte at all.
int __ai_scanf_characters(int matched, int index, char *p, unsigned long width, unsigned long available)
{
    if (matched != index)
        return matched;
    if (width > available || __ai_any_bool()) {
        unsigned long stored;
        if (width <= 1)
            return matched;
        stored = ai_up_to(width < available ? width : available);
        __ai_write(p, stored);
        return stored > 0 && __ai_any_bool() ? matched + 1 : matched;
    }
    __ai_write(p, width);
    return matched + 1;
}

// %n: no conversion; stored if the input matched so far.
void __ai_scanf_count(int matched, int index, void *p, unsigned long size)
{
    if (matched == index && __ai_any_bool())
        __ai_write(p, size);
}

// The call's result: EOF when the input ended before the first conversion.
int __ai_scanf_result(int matched)
{
    ai_touch_errno();
    return matched == 0 && __ai_any_bool() ? EOF : matched;
}

// A format that is not a literal, or a conversion the lowering does not know: an alarm. The caller must regard all that
// the arguments reach as changed.
int __ai_scanf_unchecked(const char *format)
{
    ai_length(format);
    __ai_require(__ai_any_bool());
    return ai_between(EOF, INT_MAX);
}
