/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_sources.h"

#include <stdio.h>
#include <string.h>

#define ACCEPTED_BYTES 160u

/* What a cell of the list calls a source. */
static const char *source_code(const struct source_columns *sources, enum expectation_source source)
{
    return sources->codes[source] != NULL ? sources->codes[source] : expectation_source_name(source);
}

/* "advertising, staff, …; several with ; between them", cut where the room ends. */
static void list_accepted(const struct source_columns *sources, char into[ACCEPTED_BYTES])
{
    size_t length = 0;
    for (enum expectation_source i = 0; i < SOURCE_COUNT; i++) {
        int written = snprintf(into + length, ACCEPTED_BYTES - length, "%s%.40s",
                               i == 0                 ? ""
                               : i + 1 < SOURCE_COUNT ? ", "
                                                      : " or ",
                               source_code(sources, i));
        length += written > 0 ? (size_t)written : 0;
        if (length >= ACCEPTED_BYTES)
            return;
    }
    (void)snprintf(into + length, ACCEPTED_BYTES - length, "; between several a semicolon");
}

/* One name of a list.
 * gives   false when no source is called so */
static bool source_find(const struct source_columns *sources, struct span name, unsigned *set)
{
    for (enum expectation_source i = 0; i < SOURCE_COUNT; i++) {
        if (span_is(name, source_code(sources, i))) {
            *set |= 1u << i;
            return true;
        }
    }
    return name.length == 0;
}

static bool separates(char letter)
{
    return letter == ';' || letter == ',' || letter == '|';
}

static enum status list_read(struct csv_reader *reader, uint32_t column, unsigned *set)
{
    const struct source_columns *sources = &reader->study->columns.sources;
    struct span text = csv_reader_text(reader, column);
    enum missing kind;
    if (csv_missing(reader->reading, NULL, text, &kind))
        return STATUS_OK;
    for (size_t at = 0; at < text.length;) {
        size_t end = at;
        while (end < text.length && !separates(text.at[end]))
            end++;
        if (!source_find(sources, span_trim((struct span){text.at + at, end - at}), set)) {
            char accepted[ACCEPTED_BYTES];
            list_accepted(sources, accepted);
            return csv_reader_problem(reader, PROBLEM_SOURCE, column, text, accepted);
        }
        at = end + 1;
    }
    return STATUS_OK;
}

/* A column that says yes or no of one source. */
static enum status column_read(struct csv_reader *reader, uint32_t column, enum expectation_source source, unsigned *set)
{
    static const char *const yes[] = {"1", "yes", "true", "x", "Yes", "TRUE", "X", "True", "YES"};
    static const char *const no[] = {"0", "no", "false", "No", "FALSE", "False", "NO"};
    struct span text = csv_reader_text(reader, column);
    enum missing kind;
    if (csv_missing(reader->reading, NULL, text, &kind))
        return STATUS_OK;
    bool named = span_is(text, source_code(&reader->study->columns.sources, source)), known = named;
    for (size_t i = 0; i < sizeof yes / sizeof *yes && !named; i++)
        named = span_is(text, yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no && !known; i++)
        known = span_is(text, no[i]);
    if (named)
        *set |= 1u << source;
    return named || known ? STATUS_OK : csv_reader_problem(reader, PROBLEM_SOURCE, column, text, "1 or 0, yes or no");
}

enum status csv_row_sources(struct csv_reader *reader, const struct csv_plan *plan, const struct answers_row *row, bool fresh)
{
    unsigned set = 0;
    uint32_t stated = plan->source_list;
    enum status status = STATUS_OK;
    if (row->sources == NULL)
        return STATUS_OK;
    if (plan->source_list != CSV_NO_COLUMN)
        status = list_read(reader, plan->source_list, &set);
    for (enum expectation_source i = 0; i < SOURCE_COUNT && status == STATUS_OK; i++) {
        if (plan->sources[i] == CSV_NO_COLUMN)
            continue;
        stated = plan->sources[i];
        status = column_read(reader, stated, i, &set);
    }
    if (status != STATUS_OK || set == 0)
        return status;
    if (fresh || *row->sources == 0)
        *row->sources = (uint16_t)set;
    if (*row->sources == set)
        return STATUS_OK;
    return csv_reader_problem(reader, PROBLEM_REPEATED_ANSWER, stated, csv_reader_text(reader, stated),
                              "the same in every row of an encounter");
}
