// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// A state machine with one step for each character. All text goes through append() and all fields through finish_field(): the two
// places that check whether there is room left.
#include "csv.h"

enum state { field_start, in_plain, in_quoted, after_quote };

static int append(struct csv_record *record, char c)
{
    unsigned used = record->used;
    if (used >= CSV_TEXT_MAX)
        return 0;
    record->text[used] = c;
    record->used = used + 1;
    return 1;
}

static int begin_field(struct csv_record *record)
{
    unsigned index = record->fields;
    if (index >= CSV_FIELDS_MAX)
        return 0;
    record->starts[index] = (unsigned char)record->used;
    record->fields = index + 1;
    return 1;
}

static enum csv_status step(struct csv_record *record, enum state *state, char c)
{
    switch (*state) {
    case field_start:
        if (c == '"') {
            *state = in_quoted;
            return csv_ok;
        }
        *state = in_plain;
        break;
    case in_plain:
        if (c == '"')
            return csv_stray_quote;
        break;
    case in_quoted:
        if (c == '"') {
            *state = after_quote;
            return csv_ok;
        }
        return append(record, c) ? csv_ok : csv_too_long;
    case after_quote:
        if (c == '"') {
            *state = in_quoted; // a doubled quote stands for one
            return append(record, c) ? csv_ok : csv_too_long;
        }
        if (c != ',')
            return csv_stray_quote;
        break;
    }
    if (c != ',')
        return append(record, c) ? csv_ok : csv_too_long;
    if (!append(record, 0))
        return csv_too_long;
    *state = field_start;
    return begin_field(record) ? csv_ok : csv_too_many_fields;
}

enum csv_status csv_split(struct csv_record *record, const char *line, unsigned length)
{
    enum state state = field_start;
    record->fields = 0;
    record->used = 0;
    begin_field(record);
    for (unsigned i = 0; i < length; i++) {
        enum csv_status status = step(record, &state, line[i]);
        if (status != csv_ok)
            return status;
    }
    if (state == in_quoted)
        return csv_open_quote;
    return append(record, 0) ? csv_ok : csv_too_long;
}

const char *csv_field(const struct csv_record *record, unsigned index)
{
    if (index >= record->fields || index >= CSV_FIELDS_MAX)
        return "";
    unsigned start = record->starts[index];
    return start < CSV_TEXT_MAX ? &record->text[start] : "";
}

int csv_number(const struct csv_record *record, unsigned index)
{
    if (index >= record->fields || index >= CSV_FIELDS_MAX)
        return -1;
    int value = 0;
    unsigned start = record->starts[index];
    unsigned position = start;
    while (position < CSV_TEXT_MAX && position < record->used) {
        char c = record->text[position];
        if (c == 0)
            break;
        if (c < '0' || c > '9' || value > 999999)
            return -1;
        value = 10 * value + (c - '0');
        position++;
    }
    return position > start ? value : -1;
}
