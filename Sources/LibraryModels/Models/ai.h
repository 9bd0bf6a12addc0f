// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The intrinsics a model may use. A model is a C function with the name and the prototype of the library function
// it stands for; it has at least every behaviour of the real one: results, errno, memory read and written, calls back.
// It reads and writes exactly the memory the real function may, so undefined behaviour arises by itself and carries
// its own obligation kind; what the C standard demands beyond that is `__ai_require`.
#ifndef AI_H
#define AI_H

#include <stddef.h>

// Any value of the type.
_Bool __ai_any_bool(void);
char __ai_any_char(void);
signed char __ai_any_schar(void);
unsigned char __ai_any_uchar(void);
short __ai_any_short(void);
unsigned short __ai_any_ushort(void);
int __ai_any_int(void);
unsigned int __ai_any_uint(void);
long __ai_any_long(void);
unsigned long __ai_any_ulong(void);
long long __ai_any_longlong(void);
unsigned long long __ai_any_ulonglong(void);
float __ai_any_float(void);
double __ai_any_double(void);

// Only executions in which the condition holds go on. In a model it only narrows what an `__ai_any_` chose.
void __ai_assume(int condition);
// Obligation `library-precondition`; afterwards the condition holds.
void __ai_require(int condition);
// Obligation `assertion`; afterwards the condition holds.
void __ai_assert(int condition);
// The execution ends here.
_Noreturn void __ai_exit(void);

// A new heap object of n uninitialised bytes, or NULL.
void *__ai_allocate(unsigned long n);
// Obligation `invalid-free` unless p is NULL or the start of a living heap object, which ends here.
void __ai_free(void *p);
// A new object of n uninitialised bytes that lives as long as the program. Never NULL; freeing it is `invalid-free`.
void *__ai_object(unsigned long n);

// Range operations. Each has the obligations of n single-byte accesses, and none when n is 0.
// Copies as memmove does; indeterminate bytes and whole pointers stay what they are.
void __ai_copy(void *to, const void *from, unsigned long n);
// Every byte becomes (unsigned char)byte.
void __ai_fill(void *p, int byte, unsigned long n);
// The bytes are readable and initialised.
void __ai_read(const void *p, unsigned long n);
// The bytes are writable; they become any initialised value.
void __ai_write(void *p, unsigned long n);

// What is known of a pointer, without an access and without an obligation.
// The bytes from p to the end of its object; any value if p is not in a living object.
unsigned long __ai_object_size(const void *p);
// Whether p and q point into the same object; either where one of them is not into a living object.
_Bool __ai_same_object(const void *p, const void *q);

// Any number of at most `most`.
static inline unsigned long ai_up_to(unsigned long most)
{
    unsigned long n = __ai_any_ulong();
    __ai_assume(n <= most);
    return n;
}

// Any int from `least` to `most`.
static inline int ai_between(int least, int most)
{
    int n = __ai_any_int();
    __ai_assume(n >= least && n <= most);
    return n;
}

// C11 7.24.1p2: a pointer argument must be valid even where no byte is accessed. With n > 0 the access itself tells.
static inline void ai_require_pointer(const void *p, unsigned long n)
{
    if (n == 0)
        __ai_require(p != NULL);
}

// C11 7.24.2.1p2 and kin: copying between overlapping objects is undefined.
static inline void ai_require_disjoint(const void *p, unsigned long n, const void *q, unsigned long m)
{
    if (n > 0 && m > 0 && __ai_same_object(p, q)) {
        unsigned long behind_p = __ai_object_size(p), behind_q = __ai_object_size(q);
        if (behind_p >= behind_q)
            __ai_require(behind_p - behind_q >= n);
        else
            __ai_require(behind_q - behind_p >= m);
    }
}

#endif
