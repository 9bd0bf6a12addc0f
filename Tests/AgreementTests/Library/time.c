// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <time.h> on given times, in UTC.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void shown(const struct tm *t)
{
    printf("%d-%d-%d %d:%d:%d %d %d %d %ld %s\n", t->tm_year, t->tm_mon, t->tm_mday, t->tm_hour, t->tm_min, t->tm_sec,
           t->tm_wday, t->tm_yday, t->tm_isdst, t->tm_gmtoff, t->tm_zone);
}

int main(void)
{
    static const time_t times[] = { 0, 951782400, 1700000000, -1, -2208988800, 4102444799, 253402300799 };
    char text[256];
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        struct tm t, *shared = gmtime(&times[i]);
        shown(shared);
        printf("%s%s", asctime(shared), ctime(&times[i]));
        localtime_r(&times[i], &t);
        shown(&t);
        printf("%ld", (long)mktime(&t));
        printf(" %ld\n", (long)timegm(&t));
        printf("%zu ", strftime(text, sizeof text, "%a %A %b %B %c %C %d %D %e %F %g %G %h %H %I %j %m %M %n %p", &t));
        printf("%s\n", text);
        printf("%zu ", strftime(text, sizeof text, "%r %R %S %t %T %u %U %V %w %W %x %X %y %Y %z %Z %%", &t));
        printf("%s\n", text);
    }
    struct tm t = { .tm_year = 100, .tm_mon = 14, .tm_mday = -3, .tm_hour = 50, .tm_min = -7, .tm_sec = 4000 };
    printf("%ld\n", (long)mktime(&t));
    shown(&t);
    printf("%zu", strftime(text, 5, "%Y", &t));
    printf(" %zu", strftime(text, 4, "%Y", &t));
    printf(" %zu\n", strftime(text, 1, "", &t));
    t.tm_year = 2000000000;
    t.tm_mon = 2000000000;
    printf("%ld\n", (long)mktime(&t));
    printf("%d %g\n", gmtime(&(time_t){ 0x7fffffffffffffff }) == NULL, difftime(5, 12));
    printf("%d %d\n", time(NULL) > 0, clock() >= 0);
    return 0;
}
