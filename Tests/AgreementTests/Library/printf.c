// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The printf family: every conversion with its flags, widths, precisions and length modifiers.
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int forwarded(char *buffer, size_t size, const char *format, ...)
{
    va_list list, copy;
    char other[64];
    int n, m;
    va_start(list, format);
    va_copy(copy, list);
    n = vsnprintf(buffer, size, format, list);
    va_end(list);
    m = vsprintf(other, format, copy);
    va_end(copy);
    printf("%d %d <%s>\n", n, m, other);
    return n;
}

static void listed(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vprintf(format, list);
    // The list goes on where the call left it.
    printf("rest %d\n", va_arg(list, int));
    va_end(list);
}

int main(void)
{
    char buffer[64];
    char *text = NULL;
    int n = 0, n2 = 0;
    signed char small = 0;
    short medium = 0;
    long large = 0;
    static const double numbers[] = { 0.0, -0.0, 1.0, 0.5, 1.5, 2.5, -1e-5, 123456789.0, 1e100, 5e-324, 0.1, 99999.95 };

    printf("%d|%5d|%-5d|%05d|%+d|% d|%.3d|%8.3d|%-8.3d|%+.0d|\n", 42, 42, 42, 42, 42, 42, 42, 42, 42, 0);
    printf("%d %i %d %d\n", INT_MIN, INT_MAX, -1, 0);
    printf("%u %o %x %X %#o %#x %#X %#o %#x\n", 3000000000u, 8u, 48879u, 48879u, 8u, 255u, 255u, 0u, 0u);
    printf("%hhd %hhu %hd %hu %hhx\n", 300, 300, 70000, 70000, -1);
    printf("%ld %lu %lx %lld %llu %jd %zu %td\n", LONG_MIN, ULONG_MAX, LONG_MAX, LLONG_MIN, ULLONG_MAX, INTMAX_MIN,
           SIZE_MAX, PTRDIFF_MIN);
    printf("%*d|%-*d|%.*d|%*.*d|%*d|\n", 6, 1, 6, 2, 3, 3, 8, 4, 4, -6, 5);
    printf("%c%c%c|%3c|%-3c|\n", 'a', 0x62, 256 + 'c', 'd', 'e');
    printf("%s|%8s|%-8s|%.2s|%8.2s|%.0s|\n", "text", "text", "text", "text", "text", "text");
    printf("%.3s|\n", (const char[]){ 'a', 'b', 'c' });
    printf("%%|%5d%%\n", 7);
    printf("%p %d\n", (void *)0, snprintf(NULL, 0, "%p", (void *)buffer) > 2);
    printf("one%n two%n three%hhn%hn%ln\n", &n, &n2, &small, &medium, &large);
    printf("%d %d %d %d %ld\n", n, n2, small, medium, large);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        printf("%f %e %g %a\n", numbers[i], numbers[i], numbers[i], numbers[i]);
        printf("%.0f|%#.0f|%.1f|%12.3f|%-12.3f|%012.3f|%+.2e|% .3g|%#g|%G|%E\n", numbers[i], numbers[i], numbers[i],
               numbers[i], numbers[i], numbers[i], numbers[i], numbers[i], numbers[i], numbers[i], numbers[i]);
    }
    printf("%f %F %e %g %010f %-6f| %+f\n", INFINITY, -INFINITY, (double)NAN, INFINITY, INFINITY, INFINITY, INFINITY);
    printf("%Lf %Le %Lg %.20Lf %La\n", 1.5L, 1e20L, 0.125L, 0.125L, 0.125L * 3);
    printf("%.50f %.17g %.40e\n", 0.1, 0.1, 1.0 / 3);
    n = sprintf(buffer, "%d-%s", 12, "ab");
    printf("%d <%s>\n", n, buffer);
    for (size_t size = 0; size < 8; size++) {
        memset(buffer, '#', sizeof buffer);
        n = snprintf(buffer, size, "%s%d", "abc", 45);
        printf("%zu %d <%.8s>\n", size, n, buffer);
    }
    printf("%d\n", snprintf(NULL, 0, "%s", "some text"));
    n = asprintf(&text, "%s %05.1f", "made", 3.14159);
    printf("%d <%s>\n", n, text);
    free(text);
    forwarded(buffer, 5, "%s %d", "list", 77);
    printf("<%s>\n", buffer);
    listed("%d %s %Lf %c\n", 1, "two", 3.0L, 'x', 99);
    errno = ENOENT;
    printf("%m|%30m|\n");
    n = fprintf(stdout, "%s\n", "to a stream");
    n2 = fprintf(stderr, "%d errors\n", n);
    fflush(stdout);
    n2 += dprintf(1, "to a descriptor %d\n", n2);
    printf("%d\n", n2);
    return printf("%s", "") + puts("") < 0;
}
