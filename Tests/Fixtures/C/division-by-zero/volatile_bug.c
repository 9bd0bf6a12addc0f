// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A volatile register is read twice: what the check saw is not what is divided by.
// confirmed-by: reasoning - C11 5.1.2.3p6 and 6.7.3p7, another read may give another value
// witness:

static volatile unsigned period = 4;

int main(void)
{
    if (period == 0)
        return 1;
    return 1000 / period > 3; // bug: division-by-zero
}
