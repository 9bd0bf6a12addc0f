// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Runs models against the C library on random inputs. A model covers the library's behaviour if some of its runs does
// the same; a deterministic model does it at the first attempt. Buffers end at an unreadable page, so that a model that
// reads or writes a byte too much dies.
#define _GNU_SOURCE
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "intrinsics.h"

#define MODEL(f) extern __typeof__(f) model_##f
MODEL(memcpy); MODEL(memmove); MODEL(memccpy); MODEL(memset); MODEL(memcmp); MODEL(memchr); MODEL(memrchr);
MODEL(strlen); MODEL(strnlen); MODEL(strcpy); MODEL(stpcpy); MODEL(strncpy); MODEL(stpncpy); MODEL(strcat);
MODEL(strncat); MODEL(strcmp); MODEL(strncmp); MODEL(strcasecmp); MODEL(strncasecmp); MODEL(strspn); MODEL(strcspn);
MODEL(strtok_r); MODEL(strsep); MODEL(strdup); MODEL(strndup); MODEL(atoi); MODEL(atol); MODEL(qsort); MODEL(bsearch);
MODEL(realloc); MODEL(div); MODEL(labs);
// <string.h> gives these a type by their arguments, so that typeof is of no use.
extern char *model_strchr(const char *, int), *model_strrchr(const char *, int), *model_strchrnul(const char *, int);
extern char *model_strpbrk(const char *, const char *), *model_strstr(const char *, const char *);
extern int model_toupper(int), model_tolower(int), model_isalpha(int), model_isspace(int), model_isxdigit(int);
extern int model_fclose(FILE *);
extern FILE *model_fopen(const char *, const char *);
extern long model_strtol(const char *, char **, int);
extern unsigned long __ai_printf_string(const char *, int);
extern int __ai_snprintf(char *, unsigned long, unsigned long);

enum { SIZE = 24, ATTEMPTS = 400000 };

// What a call is given and what it leaves. Pointers in results are offsets into `a`, or -1 for null.
struct world {
    char *a, *b;
    size_t n;
    int c;
    unsigned random;
    long result;
};

static const char *current;
static unsigned long round_number;
static int failures;

static void fail(const char *why)
{
    printf("%s, seed %lu: %s\n", current, round_number, why);
    failures++;
}

// Bytes as qsort compares them.
static int order(const void *x, const void *y) { return *(const char *)x - *(const char *)y; }
static int sign(long x) { return x < 0 ? -1 : x > 0; }
static long at(const struct world *w, const void *p) { return p == NULL ? -1 : (const char *)p - w->a; }

// Two strings over a small alphabet, so that they often agree; `a` has room behind its terminator.
static void fill(struct world *w)
{
    static const char alphabet[] = "aabB ,-1\x80";
    size_t a = draw() % (SIZE / 3), b = draw() % (SIZE / 3);
    w->a = guarded(SIZE);
    w->b = guarded(b + 1);
    for (size_t i = 0; i < SIZE; i++)
        w->a[i] = alphabet[draw() % (sizeof alphabet - 1)];
    for (size_t i = 0; i < b; i++)
        w->b[i] = draw() % 4 == 0 || i >= a ? alphabet[draw() % (sizeof alphabet - 1)] : w->a[i];
    w->a[a] = 0;
    w->b[b] = 0;
    w->n = draw() % (SIZE / 3);
    w->c = (unsigned char)alphabet[draw() % sizeof alphabet];
    w->random = (unsigned)draw();
    w->result = 0;
}

typedef void call(struct world *);

// Whether a run of the model leaves the same world as the library does.
static void compare(const char *name, call *library, call *model, int rounds)
{
    current = name;
    for (round_number = 1; round_number <= (unsigned long)rounds; round_number++) {
        struct world expected, w;
        volatile int tries = 0;
        volatile _Bool same = 0;
        char a[SIZE];
        seed(round_number);
        fill(&expected);
        library(&expected);
        memcpy(a, expected.a, SIZE);
        while (!same && tries++ < ATTEMPTS) {
            release();
            seed(round_number);
            fill(&w);
            seed(round_number * ATTEMPTS + (unsigned long)tries);
            int ending = setjmp(attempt);
            if (ending == RUNNING) {
                model(&w);
                same = w.result == expected.result && memcmp(a, w.a, SIZE) == 0;
            } else if (ending == VIOLATED) {
                fail("a requirement failed on valid input");
                break;
            }
        }
        release();
        if (!same)
            fail("no run of the model does what the library does");
    }
}

// Both sides of a comparison from one expression: CALL(f) names the library's or the model's function.
#define BOTH(name, rounds, ...)                                                                    \
    static void library_##name(struct world *w) { __VA_ARGS__ }                                    \
    enum { rounds_##name = rounds };
#include "calls.inc"
#undef BOTH
#undef isalpha
#undef isspace
#undef isxdigit
#define memcpy model_memcpy
#define memmove model_memmove
#define memccpy model_memccpy
#define memset model_memset
#define memcmp model_memcmp
#define memchr model_memchr
#define memrchr model_memrchr
#define strlen model_strlen
#define strnlen model_strnlen
#define strcpy model_strcpy
#define stpcpy model_stpcpy
#define strncpy model_strncpy
#define stpncpy model_stpncpy
#define strcat model_strcat
#define strncat model_strncat
#define strcmp model_strcmp
#define strncmp model_strncmp
#define strcasecmp model_strcasecmp
#define strncasecmp model_strncasecmp
#define strspn model_strspn
#define strcspn model_strcspn
#define strtok_r model_strtok_r
#define strsep model_strsep
#define strchr model_strchr
#define strrchr model_strrchr
#define strchrnul model_strchrnul
#define strpbrk model_strpbrk
#define strstr model_strstr
#define strtol model_strtol
#define atoi model_atoi
#define atol model_atol
#define qsort model_qsort
#define bsearch model_bsearch
#define div model_div
#define labs model_labs
#define toupper model_toupper
#define tolower model_tolower
#define isalpha model_isalpha
#define isspace model_isspace
#define isxdigit model_isxdigit
#define BOTH(name, rounds, ...) static void model_of_##name(struct world *w) { __VA_ARGS__ }
#include "calls.inc"
#undef BOTH

// Calls with undefined behaviour that no memory access shows: some run of the model must find its requirement violated.
static void expect_violation(const char *name, call *wrong)
{
    volatile int tries = 0;
    current = name;
    round_number = 0;
    while (tries++ < ATTEMPTS) {
        struct world w;
        release();
        seed((unsigned long)tries);
        fill(&w);
        if (setjmp(attempt) == VIOLATED)
            return;
        wrong(&w);
    }
    fail("undefined behaviour was not found");
}

static void overlapping_copy(struct world *w) { memcpy(w->a, w->a + 3, 4); }
static void overlapping_copy_back(struct world *w) { memcpy(w->a + 3, w->a, 4); }
static void overlapping_strings(struct world *w) { strcpy(w->a, "abcdef"), strcpy(w->a + 2, w->a); }
static void null_copy(struct world *w) { memcpy(w->a, NULL, 0); }
static void large_character(struct world *w) { (void)w, toupper(256); }
static void negative_character(struct world *w) { (void)w, isalpha(-2); }
static void large_number(struct world *w) { (void)w, atoi("2147483648"); }
static void double_free(struct world *w) { (void)w; char *p = model_realloc(NULL, 4); model_realloc(p, 0), model_realloc(p, 0); }
static void free_inside(struct world *w) { (void)w; char *p = model_realloc(NULL, 4); if (p != NULL) model_realloc(p + 1, 0); }
static void closed_twice(struct world *w) { (void)w; FILE *f = model_fopen("f", "r"); if (f != NULL) model_fclose(f), model_fclose(f); }

int main(void)
{
#define BOTH(name, rounds, ...) compare(#name, library_##name, model_of_##name, rounds_##name);
#include "calls.inc"
    expect_violation("overlapping copy", overlapping_copy);
    expect_violation("overlapping copy backwards", overlapping_copy_back);
    expect_violation("overlapping strings", overlapping_strings);
    expect_violation("null copy of no bytes", null_copy);
    expect_violation("toupper beyond the range", large_character);
    expect_violation("isalpha below the range", negative_character);
    expect_violation("atoi of a number too large", large_number);
    expect_violation("double free", double_free);
    expect_violation("free inside an object", free_inside);
    expect_violation("stream closed twice", closed_twice);
    return failures == 0 ? 0 : 1;
}
