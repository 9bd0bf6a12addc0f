/* SPDX-License-Identifier: Apache-2.0 */
/* SPDX-FileCopyrightText: ai-check contributors */

/* Parses standard input, prints it formatted and not, and what it becomes when it is parsed and printed again.
 * Exit status: 0 if both prints agree, 1 if cJSON rejects the input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cJSON.h"

int main(void)
{
    static char text[1 << 16];
    size_t length = fread(text, 1, sizeof text - 1, stdin);
    cJSON *document, *again;
    char *pretty, *plain, *second;

    text[length] = 0;
    document = cJSON_Parse(text);
    if (document == NULL) {
        const char *error = cJSON_GetErrorPtr();
        printf("rejected at %ld\n", error != NULL ? (long)(error - text) : -1L);
        return 1;
    }
    pretty = cJSON_Print(document);
    plain = cJSON_PrintUnformatted(document);
    printf("%s\n%s\n", pretty, plain);
    again = cJSON_Parse(pretty);
    second = again != NULL ? cJSON_PrintUnformatted(again) : NULL;
    printf("%s\n", second != NULL && strcmp(plain, second) == 0 ? "same" : "different");
    cJSON_Delete(document);
    cJSON_Delete(again);
    free(pretty);
    free(plain);
    free(second);
    return 0;
}
