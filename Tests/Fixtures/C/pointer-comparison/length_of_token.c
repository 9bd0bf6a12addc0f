// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The length of a token is the distance between its ends.

int main(void)
{
    static const char line[] = "key=value";
    const char *start = line;
    const char *cursor = line;
    const char *end = line + sizeof line - 1; // safe: pointer-arithmetic
    while (cursor < end && *cursor != '=') // safe: pointer-comparison, out-of-bounds-read
        cursor++; // safe: pointer-arithmetic
    unsigned long length = (unsigned long)(cursor - start); // safe: pointer-comparison
    return length == 3;
}
