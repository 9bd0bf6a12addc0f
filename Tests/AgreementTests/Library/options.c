// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// getopt: options with and without arguments, mistakes, and the order that is left.
#include <stdio.h>
#include <unistd.h>

static void parse(const char *options, int count, char **arguments)
{
    int c;
    printf("%s:", options);
    optind = 0;
    while ((c = getopt(count, arguments, options)) != -1)
        printf(" %d(%s,%d,%d)", c, optarg ? optarg : "", optind, c == '?' || c == ':' ? optopt : 0);
    printf(" | %d:", optind);
    for (int i = 1; i < count; i++)
        printf(" %s", arguments[i]);
    printf("\n");
}

int main(void)
{
    static const char *const options[] = { "ab:c::", "+ab:c", "-ab:c", ":ab:", "" };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        char *first[] = { "p", "-a", "one", "-b", "value", "two", "-bvalue", "-c", "-cx", "-", "--", "-a", NULL };
        char *second[] = { "p", "-ac", "-xb", NULL };
        char *third[] = { "p", "one", "two", NULL };
        char *fourth[] = { "p", "one", "-a", "two", "-b", NULL };
        parse(options[i], 12, first);
        parse(options[i], 3, second);
        parse(options[i], 3, third);
        parse(options[i], 5, fourth);
        parse(options[i], 1, third);
    }
    return 0;
}
