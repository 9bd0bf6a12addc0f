// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <math.h> on ordinary and extreme arguments, with errno.
#define _GNU_SOURCE
#include <errno.h>
#include <math.h>
#include <stdio.h>

#define ONE(g)                                          \
    do {                                                \
        errno = 0;                                      \
        volatile double d = x;                          \
        volatile float s = (float)x;                    \
        double r = g(d);                                \
        int e = errno;                                  \
        errno = 0;                                      \
        float q = g##f(s);                              \
        printf("%s(%g) %a %d %a %d\n", #g, x, r, e, q, errno); \
    } while (0)

#define TWO(g)                                                        \
    do {                                                              \
        errno = 0;                                                    \
        volatile double d = x, c = y;                                 \
        volatile float s = (float)x, t = (float)y;                    \
        double r = g(d, c);                                           \
        int e = errno;                                                \
        errno = 0;                                                    \
        float q = g##f(s, t);                                         \
        printf("%s(%g,%g) %a %d %a %d\n", #g, x, y, r, e, q, errno);  \
    } while (0)

static void one(double x)
{
    volatile double v = x;
    volatile float w = (float)x;
    volatile long double l = x;
    int e = 0;
    double whole;
    float part;
    double fraction;
    ONE(floor); ONE(ceil); ONE(trunc); ONE(round); ONE(rint); ONE(nearbyint); ONE(sqrt); ONE(cbrt);
    ONE(sin); ONE(cos); ONE(tan); ONE(asin); ONE(acos); ONE(atan); ONE(sinh); ONE(cosh); ONE(tanh);
    ONE(asinh); ONE(acosh); ONE(atanh); ONE(exp); ONE(exp2); ONE(expm1); ONE(log); ONE(log2); ONE(log10);
    ONE(log1p); ONE(logb); ONE(erf); ONE(erfc); ONE(tgamma); ONE(fabs);
    printf("%La %La\n", sqrtl(fabsl(l)), floorl(l));
    fraction = frexp(v, &e);
    printf("frexp %a %d", fraction, isfinite(x) ? e : 0);
    fraction = modf(v, &whole);
    printf(" modf %a %a", fraction, whole);
    fraction = modff(w, &part);
    printf(" %a %a\n", fraction, part);
    printf("class %d %d %d %d %d\n", fpclassify(v), signbit(v) != 0, isnan(v) != 0, isinf(v), fpclassify(w));
    printf("ldexp %a %a %a\n", ldexp(v, 10), ldexp(v, -1070), scalbn(v, 2000));
    if (fabs(x) < 1e9)
        printf("%ld %ld %lld %lld %ld\n", lround(v), lrint(v), llround(v), llrint(v), lrintf(w));
    if (x != 0 && isfinite(x))
        printf("ilogb %d\n", ilogb(v));
}

static void two(double x, double y)
{
    TWO(pow); TWO(fmod); TWO(remainder); TWO(atan2); TWO(hypot); TWO(fmax); TWO(fmin); TWO(fdim);
    TWO(nextafter); TWO(copysign);
}

int main(void)
{
    static const double values[] = {
        0.0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3.7, -3.7, 100.25, 1e-310, 1e10, 1e300,
        -1e300, INFINITY, -INFINITY,
        NAN,
    };
    const int count = sizeof values / sizeof *values;
    for (int i = 0; i < count; i++)
        one(values[i]);
    for (int i = 0; i < count; i++)
        for (int j = 0; j < count; j++)
            two(values[i], values[j]);
    return 0;
}
