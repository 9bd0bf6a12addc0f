// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <time.h>: the time is any; broken-down times have the ranges of C11 7.27.1p4.
#define _GNU_SOURCE
#include <limits.h>
#include <time.h>

#include "ai_errno.h"
#include "ai_string.h"

long timezone;
int daylight;
static char zones[2][64] = { "UTC", "UTC" };
char *tzname[2] = { zones[0], zones[1] };

// Any local time zone.
static void any_zone(void)
{
    timezone = __ai_any_long();
    daylight = __ai_any_int();
    ai_any_string(zones[0], sizeof zones[0]);
    ai_any_string(zones[1], sizeof zones[1]);
}

void tzset(void)
{
    any_zone();
}

time_t time(time_t *result)
{
    time_t now = __ai_any_long();
    if (result != NULL)
        *result = now;
    ai_touch_errno();
    return now;
}

clock_t clock(void)
{
    ai_touch_errno();
    return __ai_any_long();
}

double difftime(time_t a, time_t b)
{
    double r = __ai_any_double();
    (void)a, (void)b;
    __ai_assume(r >= -0x1p64 && r <= 0x1p64);
    return r;
}

static void break_down(struct tm *t)
{
    t->tm_sec = ai_between(0, 60);
    t->tm_min = ai_between(0, 59);
    t->tm_hour = ai_between(0, 23);
    t->tm_mday = ai_between(1, 31);
    t->tm_mon = ai_between(0, 11);
    t->tm_year = __ai_any_int();
    t->tm_wday = ai_between(0, 6);
    t->tm_yday = ai_between(0, 365);
    t->tm_isdst = __ai_any_int();
    t->tm_gmtoff = __ai_any_long();
    t->tm_zone = zones[0];
}

// A year that is no int makes the conversion fail.
static struct tm *convert(const time_t *time, struct tm *result)
{
    time_t value = *time;
    (void)value;
    if (__ai_any_bool()) {
        ai_set_errno();
        return NULL;
    }
    break_down(result);
    return result;
}

// One object for both functions, overwritten by each call (C11 7.27.3p1).
static struct tm shared;

struct tm *gmtime(const time_t *time)
{
    any_zone();
    return convert(time, &shared);
}

struct tm *localtime(const time_t *time)
{
    any_zone();
    return convert(time, &shared);
}

struct tm *gmtime_r(const time_t *restrict time, struct tm *restrict result)
{
    any_zone();
    return convert(time, result);
}

struct tm *localtime_r(const time_t *restrict time, struct tm *restrict result)
{
    any_zone();
    return convert(time, result);
}

static void read_fields(const struct tm *t)
{
    __ai_read(t, offsetof(struct tm, tm_isdst) + sizeof t->tm_isdst);
}

// C11 7.27.2.3: the fields need not be in range, and are brought into it; the days of the week and the year are ignored.
static time_t make(struct tm *t)
{
    __ai_read(t, offsetof(struct tm, tm_wday));
    __ai_read(&t->tm_isdst, sizeof t->tm_isdst);
    any_zone();
    if (__ai_any_bool())
        return ai_failure();
    break_down(t);
    return __ai_any_long();
}

time_t mktime(struct tm *t)
{
    return make(t);
}

time_t timegm(struct tm *t)
{
    return make(t);
}

static char text[64];

// C11 7.27.3.1p3: the weekday and the month name a table's entry, and the text holds no more than 26 characters.
char *asctime(const struct tm *t)
{
    read_fields(t);
    __ai_require(t->tm_wday >= 0 && t->tm_wday <= 6 && t->tm_mon >= 0 && t->tm_mon <= 11);
    __ai_require(t->tm_year >= -1900 - 999 && t->tm_year <= 8099);
    ai_any_string(text, 26);
    return text;
}

char *ctime(const time_t *time)
{
    time_t value = *time;
    (void)value;
    any_zone();
    if (__ai_any_bool()) {
        ai_set_errno();
        return NULL;
    }
    ai_any_string(text, sizeof text);
    return text;
}

// C11 7.27.3.5: what fits is stored with a terminator; otherwise the result is 0 and the content indeterminate.
size_t strftime(char *restrict s, size_t n, const char *restrict format, const struct tm *restrict t)
{
    size_t length = __ai_any_ulong();
    ai_length(format);
    read_fields(t);
    if (n == 0)
        return 0;
    if (length >= n) {
        __ai_write(s, ai_up_to(n));
        return 0;
    }
    __ai_write(s, length);
    s[length] = 0;
    return length;
}

int clock_gettime(clockid_t clock, struct timespec *result)
{
    (void)clock;
    if (__ai_any_bool())
        return ai_failure();
    result->tv_sec = __ai_any_long();
    result->tv_nsec = ai_between(0, 999999999);
    return 0;
}

int nanosleep(const struct timespec *wanted, struct timespec *left)
{
    __ai_read(wanted, sizeof *wanted);
    if (__ai_any_bool())
        return 0;
    if (left != NULL) {
        left->tv_sec = __ai_any_long();
        left->tv_nsec = ai_between(0, 999999999);
    }
    return ai_failure();
}
