// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Members that an initialiser does not name are zero.

struct configuration {
    int port;
    int timeout;
    char host[8];
};

int main(void)
{
    struct configuration configuration = {.port = 80};
    int list[6] = {1, 2};
    if (configuration.timeout != 0) // safe: uninitialized-read
        return 1;
    if (configuration.host[7] != 0) // safe: uninitialized-read
        return 2;
    return list[5] != 0; // safe: uninitialized-read
}
