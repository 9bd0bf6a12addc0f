// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Splits a record of comma-separated values into its fields (RFC 4180).
#ifndef CSV_H
#define CSV_H

#define CSV_LINE_MAX 120u
#define CSV_TEXT_MAX 128u
#define CSV_FIELDS_MAX 12u

enum csv_status { csv_ok, csv_too_many_fields, csv_too_long, csv_stray_quote, csv_open_quote };

struct csv_record {
    char text[CSV_TEXT_MAX];              // the fields one after the other, each with a zero at its end
    unsigned char starts[CSV_FIELDS_MAX]; // where each field starts in text
    unsigned fields;                      // how many there are, at most CSV_FIELDS_MAX
    unsigned used;                        // how much of text is used, at most CSV_TEXT_MAX
};

enum csv_status csv_split(struct csv_record *record, const char *line, unsigned length);

// The text of a field; an empty one when there is no such field.
const char *csv_field(const struct csv_record *record, unsigned index);

// The value of a field that is a decimal number of at most seven digits; -1 for anything else.
int csv_number(const struct csv_record *record, unsigned index);

#endif
