/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_field.h"

#include <string.h>

static size_t digits_from(struct span text, size_t at)
{
    while (at < text.length && text.at[at] >= '0' && text.at[at] <= '9')
        at++;
    return at;
}

/* [+-]digits[.digits][e[+-]digits], the mark being . or , */
static bool is_number(struct span text)
{
    size_t at = text.length > 0 && (text.at[0] == '-' || text.at[0] == '+');
    size_t end = digits_from(text, at);
    if (end == at)
        return false;
    if (end < text.length && (text.at[end] == '.' || text.at[end] == ',')) {
        at = end + 1;
        end = digits_from(text, at);
        if (end == at)
            return false;
    }
    if (end < text.length && (text.at[end] == 'e' || text.at[end] == 'E')) {
        at = end + 1;
        at += at < text.length && (text.at[at] == '-' || text.at[at] == '+');
        end = digits_from(text, at);
        if (end == at)
            return false;
    }
    return end == text.length;
}

/* Would a spreadsheet take the text for a formula? */
static bool is_formula(struct span text)
{
    if (text.length == 0)
        return false;
    return text.at[0] == '\0' || (strchr("=+-@\t\r", text.at[0]) != NULL && !is_number(text));
}

/* Must the cell stand in quotes? Space at an end is kept by all readers only there. */
static bool needs_quotes(struct span text, char delimiter)
{
    if (text.length == 0)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] == delimiter || text.at[i] == '"' || text.at[i] == '\n' || text.at[i] == '\r')
            return true;
    return text.at[0] == ' ' || text.at[text.length - 1] == ' ';
}

void csv_field_write(struct out *out, struct span text, char delimiter)
{
    bool formula = is_formula(text);
    if (!needs_quotes(text, delimiter)) {
        if (formula)
            out_char(out, '\'');
        out_span(out, text);
        return;
    }
    out_text(out, formula ? "\"'" : "\"");
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '"')
            out_char(out, '"');
        out_char(out, text.at[i]);
    }
    out_char(out, '"');
}
