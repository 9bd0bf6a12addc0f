// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Reads a decimal number of eleven digits into an int.
// witness:

static int parse(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        char digit = text[i];
        value = value * 10 + (digit - '0'); // bug: signed-overflow
    }
    return value;
}

int main(void)
{
    static const char digits[11] = {'9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9'};
    return parse(digits, 11) > 0;
}
