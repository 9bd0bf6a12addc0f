// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Texts to numbers, and pseudo-random numbers.
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void integer(const char *text, int base)
{
    char *end = NULL;
    long s;
    unsigned long u;
    errno = 0;
    s = strtol(text, &end, base);
    printf("<%s> %d: %ld +%ld %d", text, base, s, end ? (long)(end - text) : -1, errno);
    errno = 0;
    u = strtoul(text, &end, base);
    printf(" %lu +%ld %d\n", u, end ? (long)(end - text) : -1, errno);
}

static void floating(const char *text)
{
    char *end;
    double d;
    float f;
    long double l;
    errno = 0;
    d = strtod(text, &end);
    printf("<%s> %a +%d %d", text, d, (int)(end - text), errno);
    errno = 0;
    f = strtof(text, &end);
    printf(" %a +%d %d", f, (int)(end - text), errno);
    errno = 0;
    l = strtold(text, &end);
    printf(" %La +%d %d\n", l, (int)(end - text), errno);
}

int main(void)
{
    static const char *const integers[] = {
        "0", "  42abc", "-42", "+7", "- 7", "", "abc", "0x1F", "0x", "0xg", "077", "08", "zz", "Z",
        "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
        "18446744073709551616", "-1", "99999999999999999999999", "\t\n 5", "0b11", "1_000",
    };
    static const char *const floats[] = {
        "0", "-0", "1.5", "  2.25e2x", "1e", "1e+", "1e-2", ".5", "5.", ".", "", "inf", "-INFINITY", "infinit", "nan",
        "nan(12)", "nan(1", "NaNx", "0x1.8p1", "0x", "0x.8", "0xp1", "1e400", "-1e400", "1e-400", "4.9e-324",
        "1e39", "1e-50",
        "3.4028236e38", "123456789012345678901234567890", "0.1", "+1", "+-1", "1.2.3", "1p3", "1e5e5",
    };
    static const int bases[] = { 0, 2, 8, 10, 16, 36, 1, 37 };
    unsigned seed = 5;

    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++)
        for (size_t j = 0; j < sizeof bases / sizeof *bases; j++)
            integer(integers[i], bases[j]);
    for (size_t i = 0; i < sizeof floats / sizeof *floats; i++)
        floating(floats[i]);
    printf("%d", atoi(" -12x"));
    printf(" %ld", atol("2147483648"));
    printf(" %lld", atoll("-9223372036854775808"));
    printf(" %g\n", atof("1.25e1"));
    printf("%" PRIdMAX "\n", strtoimax("-77", NULL, 10));
    // Not terminated, but the number ends before the array does.
    printf("%ld\n", strtol((const char[]){ '1', '2', ';' }, NULL, 10));
    for (int i = 0; i < 5; i++)
        printf("%d ", rand());
    srand(42);
    for (int i = 0; i < 400; i++)
        if (rand() % 100 == 0)
            printf("%d ", i);
    srand(0);
    printf("%d", rand());
    printf(" %ld ", random());
    srandom(0x80000001u);
    printf("%ld\n", random());
    for (int i = 0; i < 3; i++)
        printf("%d ", rand_r(&seed));
    printf("%u", seed);
    printf(" %.17g", drand48());
    srand48(7);
    printf(" %.17g", drand48());
    printf(" %.17g\n", drand48());
    return 0;
}
