// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <stdio.h>: opening, closing and positioning. Files are not modelled: what is read is any value, and any operation may
// fail.
#define _GNU_SOURCE
#include <stdio.h>

#include "ai_stream.h"
#include "ai_string.h"

#define OPEN_STREAM(stream)                                                        \
    {                                                                              \
        ._flags = 1,                                                               \
        ._IO_read_ptr = (stream)._shortbuf, ._IO_read_end = (stream)._shortbuf,    \
        ._IO_write_ptr = (stream)._shortbuf, ._IO_write_end = (stream)._shortbuf,  \
    }

static FILE standard_input = OPEN_STREAM(standard_input);
static FILE standard_output = OPEN_STREAM(standard_output);
static FILE standard_error = OPEN_STREAM(standard_error);

FILE *stdin = &standard_input;
FILE *stdout = &standard_output;
FILE *stderr = &standard_error;

FILE *fopen(const char *restrict path, const char *restrict mode)
{
    ai_length(path);
    ai_length(mode);
    return ai_new_stream();
}

FILE *fdopen(int descriptor, const char *mode)
{
    (void)descriptor;
    ai_length(mode);
    return ai_new_stream();
}

FILE *popen(const char *command, const char *mode)
{
    ai_length(command);
    ai_length(mode);
    return ai_new_stream();
}

FILE *tmpfile(void)
{
    return ai_new_stream();
}

// The stream is closed whatever the result.
static int close_stream(FILE *stream)
{
    ai_use_stream(stream);
    if (stream == &standard_input || stream == &standard_output || stream == &standard_error)
        stream->_flags = 0;
    else
        __ai_free(stream);
    return __ai_any_bool() ? 0 : ai_failure();
}

int fclose(FILE *stream)
{
    return close_stream(stream);
}

int pclose(FILE *stream)
{
    close_stream(stream);
    return __ai_any_int();
}

// The stream is closed first, and stays closed when the file cannot be opened. A buffer given before goes.
FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict stream)
{
    if (path != NULL)
        ai_length(path);
    ai_length(mode);
    ai_use_stream(stream);
    ai_open_stream(stream);
    if (__ai_any_bool())
        return stream;
    stream->_flags = 0;
    ai_set_errno();
    return NULL;
}

// The buffers of all streams that the program gave are assumed to live still.
int fflush(FILE *stream)
{
    if (stream != NULL)
        ai_use_stream(stream);
    return ai_zero_or_failure();
}

// The buffer belongs to the stream until it is closed.
static int set_buffer(FILE *stream, char *buffer, size_t n)
{
    ai_use_stream(stream);
    if (__ai_any_bool())
        return ai_failure();
    stream->_IO_buf_base = stream->_IO_buf_end = NULL;
    if (buffer != NULL && n > 0) {
        __ai_write(buffer, n);
        stream->_IO_buf_base = buffer;
        stream->_IO_buf_end = buffer + n;
    }
    return 0;
}

int setvbuf(FILE *restrict stream, char *restrict buffer, int mode, size_t n)
{
    return set_buffer(stream, mode == _IONBF ? NULL : buffer, n);
}

void setbuf(FILE *restrict stream, char *restrict buffer)
{
    set_buffer(stream, buffer, BUFSIZ);
}

static int position(FILE *stream)
{
    ai_use_stream(stream);
    return ai_zero_or_failure();
}

int fseek(FILE *stream, long offset, int origin)
{
    (void)offset, (void)origin;
    return position(stream);
}

int fseeko(FILE *stream, off_t offset, int origin)
{
    (void)offset, (void)origin;
    return position(stream);
}

static long told(FILE *stream)
{
    long at = __ai_any_long();
    ai_use_stream(stream);
    if (__ai_any_bool())
        return ai_failure();
    __ai_assume(at >= 0);
    return at;
}

long ftell(FILE *stream)
{
    return told(stream);
}

off_t ftello(FILE *stream)
{
    return told(stream);
}

void rewind(FILE *stream)
{
    ai_use_stream(stream);
}

int fgetpos(FILE *restrict stream, fpos_t *restrict at)
{
    ai_use_stream(stream);
    if (__ai_any_bool())
        return ai_failure();
    __ai_write(at, sizeof *at);
    return 0;
}

int fsetpos(FILE *stream, const fpos_t *at)
{
    ai_use_stream(stream);
    __ai_read(at, sizeof *at);
    return ai_zero_or_failure();
}

int(feof)(FILE *stream)
{
    ai_use_stream(stream);
    return __ai_any_int();
}

int(ferror)(FILE *stream)
{
    ai_use_stream(stream);
    return __ai_any_int();
}

void clearerr(FILE *stream)
{
    ai_use_stream(stream);
}

int fileno(FILE *stream)
{
    ai_use_stream(stream);
    return ai_between(-1, 0x7fffffff);
}

void flockfile(FILE *stream)
{
    ai_use_stream(stream);
}

void funlockfile(FILE *stream)
{
    ai_use_stream(stream);
}

int remove(const char *path)
{
    ai_length(path);
    return ai_zero_or_failure();
}

int rename(const char *old, const char *new)
{
    ai_length(old);
    ai_length(new);
    return ai_zero_or_failure();
}

// A null buffer stands for one of the library's own, which later calls overwrite.
char *tmpnam(char *buffer)
{
    static char own[L_tmpnam];
    char *name = buffer != NULL ? buffer : own;
    if (__ai_any_bool())
        return NULL;
    ai_any_string(name, L_tmpnam);
    return name;
}
