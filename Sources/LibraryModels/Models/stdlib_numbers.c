// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <stdlib.h>: conversions and integer arithmetic.
#define _GNU_SOURCE
#include <limits.h>
#include <stdlib.h>

#include "ai_errno.h"
#include "ai_locale.h"
#include "ai_string.h"

// The value is left open. The end lies anywhere up to the terminator, which is as far as any of these functions reads.
static void parse(const char *s, char **end)
{
    size_t n = ai_prefix(s);
    if (end != NULL)
        *end = (char *)s + n;
    ai_touch_errno();
}

// C11 7.22.1.4p3 says what 0 and 2 to 36 mean. With any other base glibc stores no end.
static void require_base(int base)
{
    __ai_require(base == 0 || (base >= 2 && base <= 36));
}

long strtol(const char *restrict s, char **restrict end, int base)
{
    require_base(base);
    parse(s, end);
    return __ai_any_long();
}

unsigned long strtoul(const char *restrict s, char **restrict end, int base)
{
    require_base(base);
    parse(s, end);
    return __ai_any_ulong();
}

long long strtoll(const char *restrict s, char **restrict end, int base)
{
    require_base(base);
    parse(s, end);
    return __ai_any_longlong();
}

unsigned long long strtoull(const char *restrict s, char **restrict end, int base)
{
    require_base(base);
    parse(s, end);
    return __ai_any_ulonglong();
}

double strtod(const char *restrict s, char **restrict end)
{
    parse(s, end);
    return __ai_any_double();
}

float strtof(const char *restrict s, char **restrict end)
{
    parse(s, end);
    return __ai_any_float();
}

// C11 7.22.1p1 leaves a value out of range undefined; glibc gives an infinity, which is among the values here.
double atof(const char *s)
{
    parse(s, NULL);
    return __ai_any_double();
}

// The C locale's white space. Another locale may know more.
static _Bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || (c != 0 && !__ai_locale_is_c && __ai_any_bool());
}

// C11 7.22.1.2: the decimal number at the start of the string, which must not exceed `most` (or -most - 1).
static long read_integer(const char *s, long most)
{
    size_t i = 0;
    _Bool negative = 0;
    long value = 0;
    while (is_space(s[i]))
        i++;
    if (s[i] == '+' || s[i] == '-') {
        negative = s[i] == '-';
        i++;
    }
    while (s[i] >= '0' && s[i] <= '9') {
        int digit = s[i] - '0';
        // The value is kept negative, whose range is the larger one.
        __ai_require(value >= (-most - 1 + digit) / 10);
        value = value * 10 - digit;
        i++;
    }
    if (negative)
        return value;
    __ai_require(value >= -most);
    return -value;
}

int(atoi)(const char *s)
{
    ai_touch_errno();
    return (int)read_integer(s, INT_MAX);
}

long(atol)(const char *s)
{
    ai_touch_errno();
    return read_integer(s, LONG_MAX);
}

long long(atoll)(const char *s)
{
    ai_touch_errno();
    return read_integer(s, LLONG_MAX);
}

// A result that cannot be represented is undefined (C11 7.22.6.1p2): the negation itself overflows.
int abs(int n)
{
    return n < 0 ? -n : n;
}

long labs(long n)
{
    return n < 0 ? -n : n;
}

long long llabs(long long n)
{
    return n < 0 ? -n : n;
}

div_t div(int n, int d)
{
    return (div_t){ .quot = n / d, .rem = n % d };
}

ldiv_t ldiv(long n, long d)
{
    return (ldiv_t){ .quot = n / d, .rem = n % d };
}

lldiv_t lldiv(long long n, long long d)
{
    return (lldiv_t){ .quot = n / d, .rem = n % d };
}

int rand(void)
{
    return ai_between(0, RAND_MAX);
}

void srand(unsigned seed)
{
    (void)seed;
}

int rand_r(unsigned *seed)
{
    *seed = *seed ^ __ai_any_uint();
    return ai_between(0, RAND_MAX);
}

long random(void)
{
    return ai_between(0, RAND_MAX);
}

void srandom(unsigned seed)
{
    (void)seed;
}

double drand48(void)
{
    double r = __ai_any_double();
    __ai_assume(r >= 0 && r < 1);
    return r;
}

void srand48(long seed)
{
    (void)seed;
}
