/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/undefined_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { COLUMNS_MOST = 40, NAME_ROOM = 32, PLAIN_PEOPLE = 12 };

/* Every column of the plain study. */
static const char plain_cells[] = "id #; branch Oslo Oslo Bergen Bergen Bergen Oslo;"
                                  "e1 5 6 7 6 5; e2 6 7 5 6; e3 6 6 7 5 4 6 7; e4 7 5 6;"
                                  "p1 4 6 5 7 6 5 3; p2 5 5 6 4; p3 6 7 6 5 5; p4 5 6 4 5 7 6";

/* One column: its name and the pattern of its cells. */
struct pattern {
    char name[NAME_ROOM];
    const char *cells; /* the first token; the end is ';' or NUL */
};

static const char *token_begin(const char *at)
{
    return at + strspn(at, " ");
}

static size_t token_length(const char *at)
{
    return strcspn(at, " ;");
}

/* Adds the columns of a list; one that is there already is replaced. */
static size_t patterns_add(struct pattern *patterns, size_t count, const char *cells)
{
    for (const char *at = token_begin(cells); *at; at = token_begin(at)) {
        size_t length = token_length(at), place = 0;
        assert_in_range(length, 1, NAME_ROOM - 1);
        while (place < count && (strlen(patterns[place].name) != length || strncmp(patterns[place].name, at, length) != 0))
            place++;
        assert_true(place < COLUMNS_MOST);
        memcpy(patterns[place].name, at, length);
        patterns[place].name[length] = '\0';
        patterns[place].cells = token_begin(at + length);
        count = place == count ? count + 1 : count;
        at += strcspn(at, ";");
        at += *at == ';';
    }
    return count;
}

/* How often a token stands: 3 of "x*3". */
static unsigned token_times(const char *at, size_t length, size_t *text)
{
    const char *star = memchr(at, '*', length);
    *text = star ? (size_t)(star - at) : length;
    return star ? (unsigned)strtoul(star + 1, NULL, 10) : 1;
}

static void cell_write(FILE *file, const char *cells, unsigned person)
{
    size_t text = 0;
    unsigned period = 0;
    for (const char *at = cells; *at && *at != ';'; at = token_begin(at + token_length(at)))
        period += token_times(at, token_length(at), &text);
    assert_true(period > 0);
    unsigned left = person % period;
    const char *at = cells;
    for (unsigned times = token_times(at, token_length(at), &text); left >= times;) {
        left -= times;
        at = token_begin(at + token_length(at));
        times = token_times(at, token_length(at), &text);
    }
    if (*at == '#')
        (void)fprintf(file, "%u", person + 1);
    else if (*at != '_')
        (void)fprintf(file, "%.*s", (int)text, at);
}

static void answers_write(struct scratch *scratch, const struct undefined_case *fixture)
{
    struct pattern patterns[COLUMNS_MOST];
    size_t count = patterns_add(patterns, 0, plain_cells), size = 0;
    count = patterns_add(patterns, count, fixture->cells ? fixture->cells : "");
    unsigned people = fixture->people == UNDEFINED_NOBODY ? 0 : fixture->people ? fixture->people : PLAIN_PEOPLE;
    char *text = NULL;
    FILE *file = open_memstream(&text, &size);
    assert_non_null(file);
    for (size_t i = 0; i < count; i++)
        (void)fprintf(file, "%s%s", i ? "," : "", patterns[i].name);
    (void)fputc('\n', file);
    for (unsigned person = 0; person < people; person++) {
        for (size_t i = 0; i < count; i++) {
            (void)fputs(i ? "," : "", file);
            cell_write(file, patterns[i].cells, person);
        }
        (void)fputc('\n', file);
    }
    assert_int_equal(fclose(file), 0);
    (void)scratch_write(scratch, "answers.csv", text);
    free(text);
}

static const char *or_else(const char *text, const char *otherwise)
{
    return text ? text : otherwise;
}

void undefined_case_write(struct scratch *scratch, const struct undefined_case *fixture)
{
    char study[4096];
    int length =
        snprintf(study, sizeof study,
                 "{\"gapmeter\": 1, \"title\": \"%s\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},\n"
                 " \"scale\": {%s}, %s,\n \"columns\": {\"respondent\": \"id\", \"segments\": [\"branch\"], %s%s%s},\n"
                 " \"missing\": {\"\": \"skipped\"}%s%s}\n",
                 fixture->name, or_else(fixture->scale, "\"min\": 1, \"max\": 7"),
                 or_else(fixture->questions, "\"dimensions\": [{\"id\": \"a\"}, {\"id\": \"b\"}], \"items\": ["
                                             "{\"id\": \"q1\", \"dimension\": \"a\"}, {\"id\": \"q2\", \"dimension\": \"a\"},"
                                             "{\"id\": \"q3\", \"dimension\": \"b\"}, {\"id\": \"q4\", \"dimension\": \"b\"}]"),
                 or_else(fixture->standards, "\"expectation\": \"e{n}\", \"perception\": \"p{n}\""), fixture->columns ? ", " : "",
                 or_else(fixture->columns, ""), fixture->more ? ", " : "", or_else(fixture->more, ""));
    assert_in_range(length, 1, sizeof study - 1);
    (void)scratch_write(scratch, "study.json", study);
    answers_write(scratch, fixture);
}
