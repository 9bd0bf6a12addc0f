// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// CSV fields: a reader for records that anybody may have written.
//
// Each line is split into its fields after RFC 4180: fields in quotes may hold commas, and a doubled quote inside of them stands for
// one. Texts and numbers of fields are limited by fixed buffers; a line that does not fit is refused with a reason. The program
// adds up the second column and prints its average.
//
//     csv.h, csv.c     the splitter
//     main.c           lines in, statistics out
//
// What there is to prove: for every line of up to 120 bytes, whatever its content, no access leaves `text`, `starts` or `line`, the
// numbers do not overflow, and the average does not divide by zero.
//
//     make                   builds ./csv-fields with the system's C compiler and writes compile_commands.json
//     AI_SEED=7 ./csv-fields     one run on pseudo-random lines
//     ai-check -p .          all runs on all inputs
#include <stdio.h>

#include "../ai.h"
#include "csv.h"

static const char *const reasons[] = {
    [csv_ok] = "ok",
    [csv_too_many_fields] = "too many fields",
    [csv_too_long] = "too long",
    [csv_stray_quote] = "stray quote",
    [csv_open_quote] = "open quote",
};

static struct csv_record record;

// Maps any byte to one that makes lines interesting.
static char letter(unsigned char byte)
{
    static const char letters[] = "0123456789abc \",\",,,";
    return letters[byte % (sizeof letters - 1)];
}

static unsigned read_line(char *line)
{
    unsigned length = __ai_any_uchar();
    if (length > CSV_LINE_MAX)
        length = CSV_LINE_MAX;
    __ai_any_bytes(line, CSV_LINE_MAX);
    if (__ai_any_uchar() % 4 != 0) {
        for (unsigned i = 0; i < CSV_LINE_MAX; i++)
            line[i] = letter((unsigned char)line[i]);
        length %= 16;
    }
    return length;
}

int main(void)
{
    char line[CSV_LINE_MAX] = {0};
    unsigned long long total = 0;
    unsigned records = 0, numbers = 0, refused = 0;
    enum csv_status last = csv_ok;

    while (__ai_any_bool()) {
        unsigned length = read_line(line);
        enum csv_status status = csv_split(&record, line, length);
        if (status != csv_ok) {
            refused++;
            last = status;
            continue;
        }
        records++;
        int value = csv_number(&record, 1);
        if (value >= 0) {
            numbers++;
            total += (unsigned)value;
        }
    }

    printf("%u records, %u refused (last: %s)\n", records, refused, reasons[last]);
    if (records > 0)
        printf("last record: %u fields, the first starts with byte %d\n", record.fields, csv_field(&record, 0)[0]);
    if (numbers > 0)
        printf("average of the second column: %llu\n", total / numbers);
    return 0;
}
