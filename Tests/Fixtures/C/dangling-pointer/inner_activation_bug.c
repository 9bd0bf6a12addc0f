// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The innermost activation of a recursion keeps the address of its variable.
// witness:

static int *keep;
static int f(int n)
{
    int x = n;
    if (n == 0) {
        keep = &x;
        return 0;
    }
    f(n - 1);
    return *keep; // bug: dangling-pointer // imprecise: uninitialized-read
}

int main(void)
{
    return f(2);
}
