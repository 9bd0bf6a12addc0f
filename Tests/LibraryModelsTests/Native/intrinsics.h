// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The intrinsics with bodies, so that models run natively. `__ai_any_` draws a value; an assumption that does not hold
// ends the attempt, and the comparison tries again with other values.
#ifndef INTRINSICS_H
#define INTRINSICS_H

#include <setjmp.h>
#include <stddef.h>

// Where a failed assumption, a failed requirement or `__ai_exit` goes: setjmp gives one of these.
enum ending { RUNNING, DISCARDED, VIOLATED, EXITED };
extern jmp_buf attempt;

// Seeds the values drawn.
void seed(unsigned long long value);
unsigned long long draw(void);

// n bytes that end where an unreadable page begins, known to the intrinsics as one object.
void *guarded(size_t n);
// Forgets all objects.
void release(void);

#endif
