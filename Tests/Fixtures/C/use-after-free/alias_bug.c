// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// Two names for one block.
// witness: 3

#include "../ai.h"
#include <stdlib.h>

struct session {
    int user;
    int *token;
};

static void logout(struct session *session)
{
    free(session->token);
    session->token = NULL;
}

int main(void)
{
    struct session session = {__ai_any_int(), malloc(sizeof(int))};
    int *cached = session.token;
    if (!cached)
        return 1;
    *cached = session.user;
    logout(&session);
    return *cached; // bug: use-after-free
}
