// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <stdio.h>: reading and writing characters, lines and blocks.
#define _GNU_SOURCE
#include <limits.h>
#include <stdint.h>
#include <stdio.h>

#include "ai_stream.h"
#include "ai_string.h"

static int read_character(FILE *stream)
{
    ai_use_stream(stream);
    return ai_between(EOF, 255);
}

int(fgetc)(FILE *stream) { return read_character(stream); }
int(getc)(FILE *stream) { return read_character(stream); }
int(getchar)(void) { return read_character(stdin); }
int(getc_unlocked)(FILE *stream) { return read_character(stream); }
int(fgetc_unlocked)(FILE *stream) { return read_character(stream); }
int(getchar_unlocked)(void) { return read_character(stdin); }
// What the inline functions of <stdio.h> call when the buffer is empty; the models keep it empty.
int __uflow(FILE *stream) { return read_character(stream); }

static int write_character(FILE *stream, int c)
{
    ai_use_stream(stream);
    return __ai_any_bool() ? (unsigned char)c : EOF;
}

int(fputc)(int c, FILE *stream) { return write_character(stream, c); }
int(putc)(int c, FILE *stream) { return write_character(stream, c); }
int(putchar)(int c) { return write_character(stdout, c); }
int(putc_unlocked)(int c, FILE *stream) { return write_character(stream, c); }
int(fputc_unlocked)(int c, FILE *stream) { return write_character(stream, c); }
int(putchar_unlocked)(int c) { return write_character(stdout, c); }
int __overflow(FILE *stream, int c) { return write_character(stream, c); }

int ungetc(int c, FILE *stream)
{
    ai_use_stream(stream);
    return c != EOF && __ai_any_bool() ? (unsigned char)c : EOF;
}

// At most n - 1 characters and a terminator. After an error the array's content is indeterminate, at the end of the
// file it is unchanged (C11 7.21.7.2p3).
char *fgets(char *restrict s, int n, FILE *restrict stream)
{
    ai_use_stream(stream);
    if (n <= 0)
        return NULL;
    if (__ai_any_bool()) {
        unsigned long read = ai_up_to((unsigned long)n - 1);
        __ai_write(s, read);
        s[read] = 0;
        return s;
    }
    if (__ai_any_bool())
        __ai_write(s, ai_up_to((unsigned long)n));
    return NULL;
}

int fputs(const char *restrict s, FILE *restrict stream)
{
    ai_length(s);
    ai_use_stream(stream);
    return ai_between(EOF, 0x7fffffff);
}

int puts(const char *s)
{
    ai_length(s);
    ai_use_stream(stdout);
    return ai_between(EOF, 0x7fffffff);
}

// `result` whole elements, and any part of the next one when fewer than `count` were read.
size_t fread(void *restrict p, size_t size, size_t count, FILE *restrict stream)
{
    size_t result = ai_up_to(count), n;
    ai_use_stream(stream);
    __ai_require(size == 0 || count <= SIZE_MAX / size);
    ai_require_pointer(p, size * count);
    if (size == 0 || count == 0)
        return 0;
    n = size * result;
    if (result < count)
        n += ai_up_to(size - 1);
    __ai_write(p, n);
    return result;
}

size_t fwrite(const void *restrict p, size_t size, size_t count, FILE *restrict stream)
{
    ai_use_stream(stream);
    __ai_require(size == 0 || count <= SIZE_MAX / size);
    ai_require_pointer(p, size * count);
    if (size == 0 || count == 0)
        return 0;
    __ai_read(p, size * count);
    return ai_up_to(count);
}

// The line's buffer is replaced by one that is large enough (POSIX).
static ssize_t read_line(char **line, size_t *capacity, FILE *stream)
{
    size_t length = ai_up_to(SSIZE_MAX - 1);
    ai_use_stream(stream);
    if (*line == NULL || length >= *capacity) {
        char *larger = __ai_allocate(length + 1);
        if (larger == NULL)
            return ai_failure();
        __ai_free(*line);
        *line = larger;
        *capacity = length + 1;
    }
    if (__ai_any_bool()) {
        if (__ai_any_bool())
            __ai_write(*line, ai_up_to(*capacity));
        return ai_failure();
    }
    __ai_assume(length > 0);
    __ai_write(*line, length);
    (*line)[length] = 0;
    return (ssize_t)length;
}

ssize_t getline(char **restrict line, size_t *restrict capacity, FILE *restrict stream)
{
    return read_line(line, capacity, stream);
}

ssize_t getdelim(char **restrict line, size_t *restrict capacity, int delimiter, FILE *restrict stream)
{
    (void)delimiter;
    return read_line(line, capacity, stream);
}

void perror(const char *s)
{
    if (s != NULL)
        ai_length(s);
    ai_use_stream(stderr);
}
