// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <ctype.h>: the functions. C11 7.4p1: the argument is an unsigned char's value or EOF.
#define _GNU_SOURCE
#include <ctype.h>
#include <stdio.h>

#include "ai.h"
#include "ai_locale.h"

// C11 7.4p1. EOF is -1.
static void require_character(int c)
{
    __ai_require(c >= EOF && c <= 255);
}

static int has_class(int c, int class)
{
    require_character(c);
    return __ai_ctype_classes[c] & class;
}

int (isalnum)(int c) { return has_class(c, _ISalnum); }
int (isalpha)(int c) { return has_class(c, _ISalpha); }
int (isblank)(int c) { return has_class(c, _ISblank); }
int (iscntrl)(int c) { return has_class(c, _IScntrl); }
int (isdigit)(int c) { return has_class(c, _ISdigit); }
int (isgraph)(int c) { return has_class(c, _ISgraph); }
int (islower)(int c) { return has_class(c, _ISlower); }
int (isprint)(int c) { return has_class(c, _ISprint); }
int (ispunct)(int c) { return has_class(c, _ISpunct); }
int (isspace)(int c) { return has_class(c, _ISspace); }
int (isupper)(int c) { return has_class(c, _ISupper); }
int (isxdigit)(int c) { return has_class(c, _ISxdigit); }

int (tolower)(int c)
{
    require_character(c);
    return __ai_ctype_lower[c];
}

int (toupper)(int c)
{
    require_character(c);
    return __ai_ctype_upper[c];
}

// POSIX defines these two for every int.
int (isascii)(int c)
{
    return (c & ~0x7f) == 0;
}

int (toascii)(int c)
{
    return c & 0x7f;
}
