// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <string.h>, <strings.h>, <ctype.h> and <locale.h> in the C locale.
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int sign(int x) { return (x > 0) - (x < 0); }

static void found(const char *text, const char *wanted)
{
    const char *a = strstr(text, wanted), *b = strcasestr(text, wanted);
    const char *c = memmem(text, strlen(text), wanted, strlen(wanted));
    printf("%s %s %ld %ld %ld\n", text, wanted, a ? (long)(a - text) : -1, b ? (long)(b - text) : -1,
           c ? (long)(c - text) : -1);
}

static void compared(const char *a, const char *b)
{
    printf("%s", a);
    printf(" %s", b);
    printf(" %d", sign(strcmp(a, b)));
    printf(" %d", sign(strncmp(a, b, 3)));
    printf(" %d", sign(strcasecmp(a, b)));
    printf(" %d", sign(strncasecmp(a, b, 3)));
    printf(" %d\n", sign(strcoll(a, b)));
}

int main(void)
{
    char text[64] = "one two;three,,four", buffer[16];
    char *rest, *token, *copy;
    struct lconv *conventions;

    found("", "");
    found("abc", "");
    found("", "a");
    found("aaab", "aab");
    found("Hello World", "wor");
    found("Hello World", "World");
    compared("abc", "abd");
    compared("abc", "ABC");
    compared("ab", "abc");
    compared("", "");
    compared("\x80", "a");
    printf("%d", sign(memcmp("a\0b", "a\0c", 3)));
    printf(" %d", sign(memcmp("x", "y", 1)));
    printf(" %d\n", memcmp("x", "y", 0));
    printf("%zu", strxfrm(buffer, "locale", sizeof buffer));
    printf(" <%s", buffer);
    printf("> %zu\n", strxfrm(NULL, "longer", 0));
    for (token = strtok_r(text, " ;,", &rest); token != NULL; token = strtok_r(NULL, " ;,", &rest))
        printf("[%s]", token);
    printf("\n%d", ffs(0));
    printf(" %d", ffs(1));
    printf(" %d", ffs(INT_MIN));
    printf(" %d\n", ffsl(1L << 40));
    copy = strdup("copied");
    token = strndup("copied", 3);
    printf("%s", copy);
    printf(" %s", token);
    printf(" %zu\n", strlen(token));
    copy = realloc(copy, 100);
    printf("%s", strcat(copy, " and longer"));
    printf(" %d\n", realloc(token, 0) == NULL);
    free(copy);
    for (int i = -1; i < 140; i++)
        printf("%s;", strerror(i));
    printf("\n%s", strerror_r(ENOENT, buffer, sizeof buffer));
    printf(" %s\n", strerror_r(9999, buffer, sizeof buffer));
    for (int i = 1; i < 32; i++)
        printf("%s;", strsignal(i));
    printf("\n");
    for (int i = -1; i < 256; i++)
        printf("%d%d%d%d%d%d%d%d%d%d%d %d %d\n", isalnum(i) != 0, isalpha(i) != 0, iscntrl(i) != 0, isdigit(i) != 0,
               isgraph(i) != 0, islower(i) != 0, isprint(i) != 0, ispunct(i) != 0, isspace(i) != 0, isupper(i) != 0,
               isxdigit(i) != 0, tolower(i), toupper(i));
    printf("%s", setlocale(LC_ALL, NULL));
    printf(" %s", setlocale(LC_ALL, "C"));
    printf(" %s", setlocale(LC_NUMERIC, "POSIX"));
    printf(" %d\n", setlocale(LC_ALL, "xx_XX") == NULL);
    conventions = localeconv();
    printf("<%s> <%s> %d\n", conventions->decimal_point, conventions->thousands_sep,
           conventions->frac_digits == CHAR_MAX);
    printf("%d\n", (copy = malloc(-1)) == NULL ? errno : 0);
    copy = calloc(3, 4);
    printf("%d", copy[0] + copy[11]);
    printf(" %d\n", posix_memalign((void **)&token, 3, 8));
    free(copy);
    printf("%d\n", posix_memalign((void **)&token, 64, 8));
    printf("%d\n", (int)((unsigned long)token % 64));
    free(token);
    return 0;
}
