// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Runs models on valid arguments, with many choices of what they leave open: no requirement may fail, and no byte beyond
// what they are given may be touched. Arrays end at an unreadable page.
#define _GNU_SOURCE
#include <ctype.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ai.h"
#include "intrinsics.h"

#define MODEL(f) extern __typeof__(f) model_##f
MODEL(fopen); MODEL(fclose); MODEL(freopen); MODEL(fgets); MODEL(fread); MODEL(fwrite); MODEL(getline); MODEL(setvbuf);
MODEL(ungetc); MODEL(fflush); MODEL(ftell); MODEL(perror); MODEL(read); MODEL(write); MODEL(getcwd); MODEL(getopt);
MODEL(stat); MODEL(localeconv); MODEL(setlocale); MODEL(signal); MODEL(raise); MODEL(sigaction); MODEL(getenv);
MODEL(gmtime); MODEL(mktime); MODEL(strftime); MODEL(asctime); MODEL(strerror); MODEL(strtod); MODEL(strxfrm);
MODEL(malloc); MODEL(calloc); MODEL(realloc); MODEL(free); MODEL(strdup); MODEL(mkstemp); MODEL(qsort); MODEL(atexit);
MODEL(exit); MODEL(strcasecmp); MODEL(toupper);
extern int model_getc_unlocked(FILE *);
extern FILE *model_stdin, *model_stdout;
extern void __ai_start(int *, char ***, char ***);
extern unsigned long __ai_printf_string(const char *, int), __ai_printf_pad(unsigned long, int);
extern int __ai_snprintf(char *, unsigned long, unsigned long), __ai_sprintf(char *, unsigned long);
extern unsigned long __ai_scanf_text(const char *);
extern int __ai_scanf_value(int, int, void *, unsigned long), __ai_scanf_result(int);
extern int __ai_scanf_string(int, int, char *, unsigned long, unsigned long);
extern int __ai_scanf_characters(int, int, char *, unsigned long, unsigned long);

// Reads a string to its end.
static volatile size_t characters_read;
static void read_string(const char *s) { characters_read += strlen(s); }

// A string in an object of its own.
static char *text(const char *s) { return strcpy(guarded(strlen(s) + 1), s); }

static void use_files(void)
{
    char *buffer = guarded(7), *line = NULL;
    size_t capacity = 0;
    FILE *stream = model_fopen(text("path"), text("r"));
    if (stream == NULL)
        return;
    model_setvbuf(stream, draw() % 2 ? guarded(16) : NULL, _IOFBF, 16);
    if (model_fgets(buffer, 7, stream) != NULL)
        read_string(buffer);
    if (model_fread(buffer, 2, 3, stream) > 3 || model_fwrite(buffer, 7, 1, stream) > 1)
        abort();
    if (model_getline(&line, &capacity, stream) >= 0 && strlen(line) >= capacity)
        abort();
    model_free(line);
    model_ungetc('x', stream);
    model_getc_unlocked(stream);
    model_ftell(stream);
    model_fflush(stream);
    stream = model_freopen(NULL, text("w"), stream);
    if (stream != NULL)
        model_fclose(stream);
    model_fflush(model_stdout);
    model_fgets(buffer, 1, model_stdin);
    model_perror(text("x"));
}

static void use_formats(void)
{
    char *s = text("abc"), *four = guarded(4), *word = guarded(4), *characters = guarded(3);
    int value = 0, matched = 0;
    unsigned long length = __ai_printf_pad(__ai_printf_string(s, -1), -2), available = __ai_scanf_text(s);
    if (length != 3 || __ai_printf_string(s, 2) != 2 || __ai_printf_pad(1, -3) != 3)
        abort();
    __ai_sprintf(four, length);
    if (__ai_snprintf(four, 4, 100) != 100 || strlen(four) > 3 || __ai_snprintf(NULL, 0, 5) != 5)
        abort();
    matched = __ai_scanf_value(matched, 0, &value, sizeof value);
    matched = __ai_scanf_string(matched, 1, word, 3, available);
    matched = __ai_scanf_characters(matched, 2, characters, 3, available);
    if (__ai_scanf_result(matched) > 3 || (matched > 1 && strlen(word) > 3))
        abort();
}

static void use_system(void)
{
    struct stat status;
    char *buffer = guarded(9), *name = text("aXXXXXX"), *environment = model_getenv(text("HOME"));
    ssize_t got = model_read(0, buffer, 9);
    model_write(1, buffer, 9);
    if (got > 9 || (environment != NULL && strlen(environment) > 131071))
        abort();
    if (model_getcwd(buffer, 9) != NULL && strlen(buffer) > 8)
        abort();
    model_stat(text("path"), &status);
    model_mkstemp(name);
    read_string(model_strerror(3));
}

static void use_arguments(void)
{
    int argc, option;
    char **argv, **environment;
    __ai_start(&argc, &argv, &environment);
    if (argc < 0 || argv[argc] != NULL)
        abort();
    for (int i = 0; i < argc; i++)
        read_string(argv[i]);
    option = model_getopt(argc, argv, text("ab:"));
    if (option < -1 || option > 255)
        abort();
}

static void use_locale(void)
{
    char *name = model_setlocale(LC_ALL, draw() % 2 ? text("C") : text("de_DE"));
    struct lconv *conventions = model_localeconv();
    if (name != NULL)
        read_string(name);
    read_string(conventions->decimal_point);
    read_string(conventions->negative_sign);
    model_strcasecmp(text("Ab"), text("aB"));
    model_toupper(255);
}

static void use_time(void)
{
    time_t now = 0;
    struct tm *t = model_gmtime(&now);
    char *buffer = guarded(5);
    if (t == NULL)
        return;
    model_mktime(t);
    if (model_strftime(buffer, 5, text("%Y"), t) > 4)
        abort();
    t->tm_year = 70;
    read_string(model_asctime(t));
}

static void use_heap(void)
{
    char *p = model_calloc(3, 4), *end;
    p = model_realloc(p, 30);
    if (p != NULL)
        memset(p, 0, 30);
    model_free(p);
    model_free(model_strdup(text("abc")));
    p = text("1.5x");
    model_strtod(p, &end);
    if (end < p || end > p + 4)
        abort();
    if (model_strxfrm(guarded(3), text("ab"), 3) == 0)
        return;
}

static void handle(int number) { (void)number; }
static void handle_with_information(int number, siginfo_t *information, void *context)
{
    (void)number, (void)context;
    if (information == NULL)
        abort();
}

static void use_signals(void)
{
    struct sigaction action = { .sa_sigaction = handle_with_information, .sa_flags = SA_SIGINFO };
    model_signal(SIGINT, handle);
    model_signal(SIGTERM, SIG_IGN);
    model_sigaction(SIGUSR1, &action, NULL);
    model_raise(SIGTERM);
    model_raise(SIGUSR1);
    model_raise(SIGINT);
}

static void use_exit(void)
{
    static _Bool done;
    if (done)
        return;
    model_atexit(use_heap);
    done = 1;
    model_exit(0);
}

int main(void)
{
    static void (*const uses[])(void) = {
        use_files, use_formats, use_system, use_arguments, use_locale, use_time, use_heap, use_signals, use_exit,
    };
    volatile int completed[sizeof uses / sizeof *uses] = { 0 };
    for (volatile size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        for (volatile unsigned long round = 1; round <= 30000; round++) {
            release();
            seed(round);
            int ending = setjmp(attempt);
            if (ending == RUNNING)
                uses[i]();
            if (ending == VIOLATED) {
                printf("use %zu, seed %lu: a requirement failed on valid arguments\n", i, round);
                return 1;
            }
            completed[i] += ending == RUNNING || ending == EXITED;
        }
        if (completed[i] == 0) {
            printf("use %zu: no run came to its end\n", i);
            return 1;
        }
    }
    return 0;
}
