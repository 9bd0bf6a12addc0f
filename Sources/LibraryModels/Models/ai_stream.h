// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Streams. A stream is a FILE object: a static one for each of stdin, stdout and stderr, a heap object for any other,
// which fclose frees. Touching a closed stream thus is a use after free, and a null stream a null dereference.
#ifndef AI_STREAM_H
#define AI_STREAM_H

#include <stdio.h>

#include "ai_errno.h"

// A stream's state as the models use the fields of glibc's FILE:
//   _flags            1 open, 0 closed (a static stream only; any other is freed then);
//   _IO_buf_base, _IO_buf_end    the buffer the program gave with setvbuf, or null;
//   _IO_read_ptr, _IO_read_end   equal, so that the inline getc_unlocked of <stdio.h> always calls __uflow;
//   _IO_write_ptr, _IO_write_end equal likewise, for __overflow.
static inline void ai_open_stream(FILE *stream)
{
    __ai_fill(stream, 0, sizeof *stream);
    stream->_flags = 1;
    stream->_IO_buf_base = stream->_IO_buf_end = NULL;
    stream->_IO_read_ptr = stream->_IO_read_end = stream->_shortbuf;
    stream->_IO_write_ptr = stream->_IO_write_end = stream->_shortbuf;
}

// A new open stream, or NULL with errno set.
static inline FILE *ai_new_stream(void)
{
    FILE *stream = __ai_allocate(sizeof *stream);
    if (stream == NULL) {
        ai_set_errno();
        return NULL;
    }
    // The file may not be there.
    if (__ai_any_bool()) {
        __ai_free(stream);
        ai_set_errno();
        return NULL;
    }
    ai_open_stream(stream);
    return stream;
}

// Every operation: the stream is open; errno may change; the content of a buffer the program gave is indeterminate at
// any time (C11 7.21.5.6p2), so it becomes any value here.
static inline void ai_use_stream(FILE *stream)
{
    __ai_require(stream->_flags == 1);
    if (stream->_IO_buf_base != NULL)
        __ai_write(stream->_IO_buf_base, (unsigned long)(stream->_IO_buf_end - stream->_IO_buf_base));
    ai_touch_errno();
}

#endif
