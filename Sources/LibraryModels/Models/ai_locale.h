// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The locale as the models see it: "C" until setlocale succeeds in setting another, then any.
#ifndef AI_LOCALE_H
#define AI_LOCALE_H

extern int __ai_locale_is_c;

// Entry 0 of the character tables of <ctype.h>, which reach from -128 to 255.
extern const unsigned short *__ai_ctype_classes;
extern const int *__ai_ctype_lower;
extern const int *__ai_ctype_upper;

// Switches the character tables from the C locale's to ones of unknown content.
void __ai_ctype_any_locale(void);

#endif
