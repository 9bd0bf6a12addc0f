// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The scanf family, from strings and from standard input.
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void integers(const char *text, const char *format)
{
    int a = -7, b = -7, n = -7;
    int result = sscanf(text, format, &a, &b, &n);
    printf("<%s> <%s> %d: %d %d %d\n", text, format, result, a, b, n);
}

static void floating(const char *text, const char *format)
{
    double d = -7;
    int n = -7;
    int result = sscanf(text, format, &d, &n);
    printf("<%s> <%s> %d: %g %d\n", text, format, result, d, n);
}

static void words(const char *text, const char *format)
{
    char a[32] = "########", b[32] = "########";
    int result = sscanf(text, format, a, b);
    printf("<%s> <%s> %d: <%.10s> <%.10s>\n", text, format, result, a, b);
}

static int listed(const char *text, const char *format, ...)
{
    va_list list;
    int result;
    va_start(list, format);
    result = vsscanf(text, format, list);
    va_end(list);
    return result;
}

int main(void)
{
    signed char small = 0;
    short medium = 0;
    long large = 0;
    unsigned long long huge = 0;
    long double extended = 0;
    float single = 0;
    void *pointer = &small;
    char line[64];
    int a = 0, b = 0, c, n = 0;

    integers("12 34", "%d%d%n");
    integers("12 34", "%d %d%n");
    integers("  -12,+34", "%d,%d%n");
    integers("12", "%d%d%n");
    integers("", "%d%d%n");
    integers("   ", "%d%d%n");
    integers("x", "%d%d%n");
    integers("12 x", "%d%d%n");
    integers("12345", "%2d%2d%n");
    integers("-12345", "%2d%2d%n");
    integers("0x1f 077", "%i%i%n");
    integers("0x1f 077", "%x%o%n");
    integers("0xg 1", "%x%d%n");
    integers("0xg 1", "%i %*c %d%n");
    integers("- 1", "%d%d%n");
    integers("+", "%d%d%n");
    integers("12%34", "%d%%%d%n");
    integers("12 %34", "%d%%%d%n");
    integers("a12b34", "a%db%d%n");
    integers("a12 b34", "a%d b%d%n");
    integers("a 12c", "a%*d%d%n");
    integers("1 2 3 4", "%*d%d%*d%d%n");
    integers("99999999999 99999999999999999999", "%d%d%n");
    integers("  12  ", " %d %n%n");
    integers("089", "%i%i%n");
    floating("1.5e3x", "%lf%n");
    floating("-.5", "%lf%n");
    floating("5.", "%lf%n");
    floating(".", "%lf%n");
    floating("1e", "%lf%n");
    floating("1e+", "%lf%n");
    floating("1e5", "%2lf%n");
    floating("inf", "%lf%n");
    floating("-Infinity!", "%lf%n");
    floating("infinit", "%lf%n");
    floating("nan", "%lf%n");
    floating("nax", "%lf%n");
    floating("0x1.8p3 1", "%lf%n");
    floating("0x", "%lf%n");
    floating("0", "%lf%n");
    floating("123456", "%3lf%n");
    floating("-", "%lf%n");
    floating("", "%lf%n");
    words("  hello world", "%s%s");
    words("hello", "%3s%s");
    words("hello", "%3c%2c");
    words("ab", "%5c%s");
    words(" a b", "%c%c");
    words("abc123", "%[a-z]%[0-9]");
    words("abc123", "%[^0-9]%s");
    words("]x-y", "%[]x-]%s");
    words("a-b", "%[a-]%s");
    words("^^a", "%[x^]%s");
    words("123", "%[a-z]%s");
    words("key = value", "%[^ =] = %s");
    words("abcdef", "%2[a-f]%*2[a-f]%s");
    words("", "%s%s");
    n = sscanf("300 70000 9000000000 18446744073709551615 1.25 2.5",
               "%hhd %hd %ld %llu %Lf %f", &small, &medium, &large,
               &huge, &extended, &single);
    printf("%d: %d %d %ld %llu %Lf %f\n", n, small, medium, large, huge, extended, single);
    n = sscanf("(nil) 5", "%p %d", &pointer, &a);
    printf("%d %d %d\n", n, pointer == NULL, a);
    printf("%d", listed("4 5", "%d %d", &a, &b));
    printf(" %d\n", a + b);
    printf("%d", scanf("%d %d", &a, &b));
    printf(" %d %d\n", a, b);
    printf("%d", scanf("%63s%n", line, &n));
    printf(" <%s> %d\n", line, n);
    c = getchar();
    printf("%d\n", c);
    printf("%d", scanf("%63[^\n]", line));
    printf(" <%s>\n", line);
    printf("%d\n", scanf("%d", &a));
    printf("%d\n", scanf(" x%d", &a));
    printf("%d", scanf("%d", &a));
    printf(" %d\n", a);
    printf("%d", scanf("%d", &a));
    printf(" %d\n", feof(stdin) != 0);
    printf("%d\n", fscanf(stdin, " "));
    return 0;
}
