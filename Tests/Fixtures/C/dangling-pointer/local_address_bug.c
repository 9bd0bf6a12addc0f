// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The address of a local variable is returned.
// witness:

static int *counter(void)
{
    int local = 3;
    int *address = &local;
    return address;
}

int main(void)
{
    int *value = counter();
    return *value; // bug: dangling-pointer
}
