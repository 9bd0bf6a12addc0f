// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A callee returns what it took from its own stack.
// confirmed-by: reasoning - C11 6.2.4p2; memory of alloca ends with its function
// witness:

static char *blank(void)
{
    char *text = __builtin_alloca(8);
    text[0] = ' ';
    return text;
}

int main(void)
{
    char *text = blank();
    return text[0] == ' '; // bug: dangling-pointer
}
