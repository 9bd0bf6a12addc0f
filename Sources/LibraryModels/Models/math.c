// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <math.h>, for double and float: any result within simple bounds that hold for glibc when
// rounding to nearest. NaN goes through unless said otherwise. errno may change wherever C11 7.12.1 lets it.
#define _GNU_SOURCE
#include <math.h>

#include "ai_errno.h"

#undef isnan
#undef isinf
#undef finite

// Each function comes twice. Suffix f: float.
#define FOR_BOTH(define) define(double, double, ) define(float, float, f)

// |x|, exactly: -0 becomes 0, and a NaN stays one.
#define ABSOLUTE(T, any, f)                        \
    T fabs##f(T x)                                 \
    {                                              \
        return x == 0 ? 0 : x < 0 ? -x : x;        \
    }

// An integer next to x. A NaN compares false with everything and is its own result.
#define ROUND_TO(name, T, any, below, above)                \
    T name(T x)                                             \
    {                                                       \
        T r = __ai_any_##any();                             \
        if (x != x)                                         \
            return x;                                       \
        __ai_assume(r >= x - (below) && r <= x + (above));  \
        return r;                                           \
    }
#define ROUNDING(T, any, f)                 \
    ROUND_TO(floor##f, T, any, 1, 0)        \
    ROUND_TO(ceil##f, T, any, 0, 1)         \
    ROUND_TO(trunc##f, T, any, 1, 1)        \
    ROUND_TO(round##f, T, any, 1, 1)        \
    ROUND_TO(rint##f, T, any, 1, 1)         \
    ROUND_TO(nearbyint##f, T, any, 1, 1)

// No bound at all.
#define ONE_ARGUMENT(name, T, any)   \
    T name(T x)                      \
    {                                \
        (void)x;                     \
        ai_touch_errno();            \
        return __ai_any_##any();     \
    }
#define TWO_ARGUMENTS(name, T, any)  \
    T name(T x, T y)                 \
    {                                \
        (void)x, (void)y;            \
        ai_touch_errno();            \
        return __ai_any_##any();     \
    }
#define UNBOUNDED(T, any, f)          \
    ONE_ARGUMENT(tan##f, T, any)      \
    ONE_ARGUMENT(sinh##f, T, any)     \
    ONE_ARGUMENT(asinh##f, T, any)    \
    ONE_ARGUMENT(acosh##f, T, any)    \
    ONE_ARGUMENT(atanh##f, T, any)    \
    ONE_ARGUMENT(log##f, T, any)      \
    ONE_ARGUMENT(log2##f, T, any)     \
    ONE_ARGUMENT(log10##f, T, any)    \
    ONE_ARGUMENT(log1p##f, T, any)    \
    ONE_ARGUMENT(cbrt##f, T, any)     \
    ONE_ARGUMENT(erf##f, T, any)      \
    ONE_ARGUMENT(erfc##f, T, any)     \
    ONE_ARGUMENT(tgamma##f, T, any)   \
    ONE_ARGUMENT(logb##f, T, any)     \
    TWO_ARGUMENTS(pow##f, T, any)     \
    TWO_ARGUMENTS(remainder##f, T, any) \
    TWO_ARGUMENTS(nextafter##f, T, any) \
    TWO_ARGUMENTS(fdim##f, T, any)

// A result between two bounds for every argument that is a number, any (a NaN, that is) for the others.
#define BOUNDED_BY(name, T, any, defined, low, high)   \
    T name(T x)                                        \
    {                                                  \
        T r = __ai_any_##any();                        \
        ai_touch_errno();                              \
        if (defined)                                   \
            __ai_assume(r >= (low) && r <= (high));    \
        return r;                                      \
    }
#define BOUNDED(T, any, f)                                                  \
    BOUNDED_BY(sqrt##f, T, any, x >= 0, 0, HUGE_VAL)                        \
    BOUNDED_BY(exp##f, T, any, x == x, 0, HUGE_VAL)                         \
    BOUNDED_BY(exp2##f, T, any, x == x, 0, HUGE_VAL)                        \
    BOUNDED_BY(expm1##f, T, any, x == x, -1, HUGE_VAL)                      \
    BOUNDED_BY(cosh##f, T, any, x == x, 1, HUGE_VAL)                        \
    BOUNDED_BY(tanh##f, T, any, x == x, -1, 1)                              \
    BOUNDED_BY(atan##f, T, any, x == x, -1.6, 1.6)                          \
    BOUNDED_BY(asin##f, T, any, x >= -1 && x <= 1, -1.6, 1.6)               \
    BOUNDED_BY(acos##f, T, any, x >= -1 && x <= 1, 0, 3.2)                  \
    BOUNDED_BY(sin##f, T, any, x > -HUGE_VAL && x < HUGE_VAL, -1, 1)        \
    BOUNDED_BY(cos##f, T, any, x > -HUGE_VAL && x < HUGE_VAL, -1, 1)

// The remainder has the sign of x and is smaller than y. It is a NaN for y = 0 and for infinite x.
#define REMAINDER(T, any, f)                                                    \
    T fmod##f(T x, T y)                                                         \
    {                                                                           \
        T r = __ai_any_##any();                                                 \
        ai_touch_errno();                                                       \
        if (x > -HUGE_VAL && x < HUGE_VAL && (y > 0 || y < 0)) {                \
            if (x >= 0)                                                         \
                __ai_assume(r >= 0 && r <= x && (y > 0 ? r < y : r < -y));      \
            else                                                                \
                __ai_assume(r <= 0 && r >= x && (y > 0 ? r > -y : r > y));      \
        }                                                                       \
        return r;                                                               \
    }

#define ATAN2(T, any, f)                               \
    T atan2##f(T y, T x)                               \
    {                                                  \
        T r = __ai_any_##any();                        \
        ai_touch_errno();                              \
        if (x == x && y == y)                          \
            __ai_assume(r >= -(T)3.2 && r <= (T)3.2);  \
        return r;                                      \
    }

#define HYPOT(T, any, f)                               \
    T hypot##f(T x, T y)                               \
    {                                                  \
        T r = __ai_any_##any();                        \
        ai_touch_errno();                              \
        if (x == x && y == y)                          \
            __ai_assume(r >= 0);                       \
        return r;                                      \
    }

// Where one argument is a NaN the other is the result; the zero that is returned for 0 and -0 is left open.
#define LARGER(T, any, f)                                \
    T fmax##f(T x, T y)                                  \
    {                                                    \
        if (x != x)                                      \
            return y;                                    \
        return y > x || (y == x && __ai_any_bool()) ? y : x; \
    }                                                    \
    T fmin##f(T x, T y)                                  \
    {                                                    \
        if (x != x)                                      \
            return y;                                    \
        return y < x || (y == x && __ai_any_bool()) ? y : x; \
    }

// x scaled by a power of two: any result of x's sign.
#define SCALE_BY(name, T, any, I)              \
    T name(T x, I n)                           \
    {                                          \
        T r = __ai_any_##any();                \
        (void)n;                               \
        ai_touch_errno();                      \
        if (x >= 0)                            \
            __ai_assume(r >= 0);               \
        else if (x < 0)                        \
            __ai_assume(r <= 0);               \
        return r;                              \
    }
#define SCALING(T, any, f)             \
    SCALE_BY(ldexp##f, T, any, int)    \
    SCALE_BY(scalbn##f, T, any, int)   \
    SCALE_BY(scalbln##f, T, any, long)

// C11 7.12.6.4: the exponent stored is unspecified where x is not finite.
#define FREXP(T, any, f)                                                                     \
    T frexp##f(T x, int *exponent)                                                           \
    {                                                                                        \
        T r = __ai_any_##any();                                                              \
        if (x == 0) {                                                                        \
            *exponent = 0;                                                                   \
            return x;                                                                        \
        }                                                                                    \
        if (!(x > -HUGE_VAL && x < HUGE_VAL)) {                                              \
            *exponent = __ai_any_int();                                                      \
            return x;                                                                        \
        }                                                                                    \
        *exponent = ai_between(-1073, 1024);                                                 \
        if (x > 0)                                                                           \
            __ai_assume(r >= (T)0.5 && r < 1);                                               \
        else                                                                                 \
            __ai_assume(r <= -(T)0.5 && r > -1);                                             \
        return r;                                                                            \
    }

// Both parts have the sign of x.
#define MODF(T, any, f)                                        \
    T modf##f(T x, T *whole)                                   \
    {                                                          \
        T r = __ai_any_##any(), w = __ai_any_##any();          \
        if (x >= 0)                                            \
            __ai_assume(r >= 0 && r < 1 && w >= 0 && w <= x);  \
        else if (x < 0)                                        \
            __ai_assume(r <= 0 && r > -1 && w <= 0 && w >= x); \
        *whole = w;                                            \
        return r;                                              \
    }

// C11 7.12.9.7: unspecified where the value is out of range.
#define TO_INTEGER(name, T, I, any)      \
    I name(T x)                          \
    {                                    \
        (void)x;                         \
        ai_touch_errno();                \
        return __ai_any_##any();         \
    }
#define TO_INTEGERS(T, any, f)                       \
    TO_INTEGER(lround##f, T, long, long)             \
    TO_INTEGER(lrint##f, T, long, long)              \
    TO_INTEGER(llround##f, T, long long, longlong)   \
    TO_INTEGER(llrint##f, T, long long, longlong)    \
    TO_INTEGER(ilogb##f, T, int, int)

#define COPY_SIGN(T, any, f)                         \
    T copysign##f(T x, T y)                          \
    {                                                \
        (void)y;                                     \
        return __ai_any_bool() ? x : -x;             \
    }

// What the classification macros call where the compiler does not expand them itself.
#define CLASSIFY(T, any, f)                                                            \
    int __isnan##f(T x) { return x != x; }                                             \
    int __isinf##f(T x) { return x == HUGE_VAL ? 1 : x == -HUGE_VAL ? -1 : 0; }        \
    int __finite##f(T x) { return x > -HUGE_VAL && x < HUGE_VAL; }                     \
    int __signbit##f(T x) { return x > 0 ? 0 : x < 0 ? ai_nonzero() : __ai_any_int(); } \
    int __fpclassify##f(T x)                                                           \
    {                                                                                  \
        if (x != x)                                                                    \
            return FP_NAN;                                                             \
        if (x == HUGE_VAL || x == -HUGE_VAL)                                           \
            return FP_INFINITE;                                                        \
        if (x == 0)                                                                    \
            return FP_ZERO;                                                            \
        return __ai_any_bool() ? FP_NORMAL : FP_SUBNORMAL;                             \
    }

static int ai_nonzero(void)
{
    int n = __ai_any_int();
    __ai_assume(n != 0);
    return n;
}

FOR_BOTH(ABSOLUTE)
FOR_BOTH(ROUNDING)
FOR_BOTH(UNBOUNDED)
FOR_BOTH(BOUNDED)
FOR_BOTH(REMAINDER)
FOR_BOTH(ATAN2)
FOR_BOTH(HYPOT)
FOR_BOTH(LARGER)
FOR_BOTH(SCALING)
FOR_BOTH(FREXP)
FOR_BOTH(MODF)
FOR_BOTH(TO_INTEGERS)
FOR_BOTH(COPY_SIGN)
FOR_BOTH(CLASSIFY)

int isnan(double x) { return x != x; }
int isinf(double x) { return x == HUGE_VAL ? 1 : x == -HUGE_VAL ? -1 : 0; }
int finite(double x) { return x > -HUGE_VAL && x < HUGE_VAL; }
