// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// <locale.h>: the C locale is known exactly; of any other only the form is.
#include <limits.h>
#include <locale.h>

#include "ai_locale.h"
#include "ai_string.h"

int __ai_locale_is_c = 1;

// The name of the current locale; a later call may overwrite it (C11 7.11.1.1p8).
static char name[256];

// The call may fail, and then nothing changes. A locale other than "C" has tables of unknown content; so may "C" have
// here, which only adds behaviours.
char *setlocale(int category, const char *locale)
{
    (void)category;
    if (locale != NULL) {
        ai_length(locale);
        if (__ai_any_bool())
            return NULL;
        if (!(locale[0] == 'C' && locale[1] == 0)) {
            __ai_locale_is_c = 0;
            __ai_ctype_any_locale();
        }
    }
    ai_any_string(name, sizeof name);
    return name;
}

static struct lconv conventions;
static char texts[10][64];

static char number(void)
{
    return __ai_any_char();
}

// C11 7.11.2.1: texts are never null. In the C locale the decimal point is "." and the rest is empty or CHAR_MAX.
struct lconv *localeconv(void)
{
    struct lconv *l = &conventions;
    _Bool c = __ai_locale_is_c;
    for (int i = 0; i < 10; i++)
        ai_any_string(texts[i], sizeof texts[i]);
    l->decimal_point = c ? "." : texts[0];
    l->thousands_sep = c ? "" : texts[1];
    l->grouping = c ? "" : texts[2];
    l->int_curr_symbol = c ? "" : texts[3];
    l->currency_symbol = c ? "" : texts[4];
    l->mon_decimal_point = c ? "" : texts[5];
    l->mon_thousands_sep = c ? "" : texts[6];
    l->mon_grouping = c ? "" : texts[7];
    l->positive_sign = c ? "" : texts[8];
    l->negative_sign = c ? "" : texts[9];
    l->int_frac_digits = c ? CHAR_MAX : number();
    l->frac_digits = c ? CHAR_MAX : number();
    l->p_cs_precedes = c ? CHAR_MAX : number();
    l->p_sep_by_space = c ? CHAR_MAX : number();
    l->n_cs_precedes = c ? CHAR_MAX : number();
    l->n_sep_by_space = c ? CHAR_MAX : number();
    l->p_sign_posn = c ? CHAR_MAX : number();
    l->n_sign_posn = c ? CHAR_MAX : number();
    l->int_p_cs_precedes = c ? CHAR_MAX : number();
    l->int_p_sep_by_space = c ? CHAR_MAX : number();
    l->int_n_cs_precedes = c ? CHAR_MAX : number();
    l->int_n_sep_by_space = c ? CHAR_MAX : number();
    l->int_p_sign_posn = c ? CHAR_MAX : number();
    l->int_n_sign_posn = c ? CHAR_MAX : number();
    return l;
}
