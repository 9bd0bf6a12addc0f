// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The address of a static local variable stays valid.

static int *counter(void)
{
    static int count = 3;
    return &count;
}

int main(void)
{
    int *value = counter();
    *value = 4; // safe: dangling-pointer, null-dereference
    return *counter() == 4; // safe: dangling-pointer
}
