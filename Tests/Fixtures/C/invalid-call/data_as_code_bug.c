// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A pointer to data is called.
// confirmed-by: reasoning - C11 6.3.2.3p8 and 6.5.2.2p9
// witness:

static const unsigned char code[] = {0xc3};

int main(void)
{
    void (*run)(void) = (void (*)(void))(const void *)code;
    run(); // bug: invalid-call
    return 0;
}
