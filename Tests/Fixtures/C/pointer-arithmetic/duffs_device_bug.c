// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Cases inside a loop: a copy that is one byte too long.
// witness:
// confirmed-by: reasoning - C11 6.5.6p8; the write behind it is what a sanitizer reports

int main(void)
{
    char src[10] = {1,2,3,4,5,6,7,8,9,0}, dst[9] = {0};
    int count = 10, n = (count + 3) / 4;
    char *s = src, *d = dst;
    switch (count % 4) {
        case 0: do {
            *d++ = *s++; // safe: pointer-arithmetic
            case 3: *d++ = *s++;
            case 2: *d++ = *s++;
            case 1: *d++ = *s++; // bug: pointer-arithmetic
        } while (--n > 0);
    }
    return dst[0];
}
