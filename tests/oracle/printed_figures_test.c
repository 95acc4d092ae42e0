/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "What is printed is the JSON rounded": tables for people and CSV against the JSON of the same answers. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/digits.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/program_run.h"
#include "support/scratch_folder.h"

enum { PATH_ROOM = 512, FIGURE_ROOM = 48, COLUMNS_MOST = 80 };

struct printing {
    struct scratch scratch;
    json_t *oracle, *printed;
    char answers[PATH_ROOM], study[PATH_ROOM];
};

static int printing_setup(void **state)
{
    static struct printing printing;
    printing.oracle = oracle_read("gap_table");
    scratch_create(&printing.scratch);
    const char *text = json_string_value(oracle_at(printing.oracle, "answers"));
    (void)snprintf(printing.answers, PATH_ROOM, "%s", scratch_write(&printing.scratch, "answers.csv", text));
    text = json_string_value(oracle_at(printing.oracle, "study"));
    (void)snprintf(printing.study, PATH_ROOM, "%s", scratch_write(&printing.scratch, "study.json", text));
    printing.printed =
        printed_analysis((const char *const[]){printing.answers, "--study", printing.study, "--table", "item_gap", NULL});
    *state = &printing;
    return 0;
}

static int printing_teardown(void **state)
{
    struct printing *printing = *state;
    if (printing == NULL)
        return 0;
    json_decref(printing->oracle);
    json_decref(printing->printed);
    scratch_destroy(&printing->scratch);
    return 0;
}

/* A number as tables show it: a true minus sign, and no negative zero. */
static void figure_format(char into[FIGURE_ROOM], double number, int digits)
{
    char plain[FIGURE_ROOM - 8];
    (void)snprintf(plain, sizeof plain, "%.*f", digits, fabs(number));
    bool zero = strspn(plain, "0.") == strlen(plain);
    (void)snprintf(into, FIGURE_ROOM, "%s%s", number < 0 && !zero ? "−" : "", plain);
}

/* The line of a row, and where on it the next figure must stand. */
static const char *figure_find(const char *at, const json_t *row, const char *column, double factor, int digits)
{
    char figure[FIGURE_ROOM];
    figure_format(figure, json_number_value(json_object_get(row, column)) * factor, digits);
    const char *found = strstr(at, figure);
    const char *end = at + strcspn(at, "\n");
    if (found == NULL || found >= end)
        fail_msg("%s should stand as %s in: %.*s", column, figure, (int)(end - at), at);
    return found + strlen(figure);
}

/* "On a terminal item_gap shows item, expected, got, gap, interval, share short" */
static void tables_show_rounded_json(void **state)
{
    const struct printing *printing = *state;
    struct program_run run;
    gapmeter_run(&run, "analyze", printing->answers, "--study", printing->study, "--table", "item_gap");
    assert_int_equal(run.exit_code, 0);
    size_t index = 0;
    json_t *row = NULL;
    json_array_foreach (json_object_get(printed_table(printing->printed, "item_gap", NULL), "rows"), index, row) {
        char name[FIGURE_ROOM];
        (void)snprintf(name, sizeof name, "\n  %s ", json_string_value(json_object_get(row, "item")));
        const char *at = strstr(run.out, name);
        if (at == NULL)
            fail_msg("no line begins with %s", name + 1);
        at = strstr(at + strlen(name), "Item ") + strlen("Item 1");
        at = figure_find(at, row, "mean_expectation", 1, 2);
        at = figure_find(at, row, "mean_perception", 1, 2);
        at = figure_find(at, row, "gap", 1, 2);
        at = figure_find(at, row, "ci_low", 1, 2);
        at = figure_find(at, row, "ci_high", 1, 2);
        (void)figure_find(at, row, "share_short", 100, 0);
    }
    assert_int_equal(index, 9);
    program_run_clear(&run);
}

/* Cuts a line at its commas; none of this study's cells is quoted. */
static size_t cells_split(char *line, char *cells[COLUMNS_MOST])
{
    size_t count = 0;
    for (char *at = line; at != NULL && count < COLUMNS_MOST;) {
        cells[count++] = at;
        at = strchr(at, ',');
        if (at != NULL)
            *at++ = '\0';
    }
    return count;
}

static void compare_cell(const json_t *row, const char *column, const char *cell)
{
    const json_t *value = json_object_get(row, column);
    if (json_is_string(value))
        assert_string_equal(cell, json_string_value(value));
    else if (json_is_number(value))
        assert_true(digits_agreeing(strtod(cell, NULL), json_number_value(value)) > 16.5);
    else
        assert_string_equal(cell, "");
}

/* The next line that is not empty, without its end; NULL at the end of the text. */
static char *line_next(char **rest)
{
    char *line = strsep(rest, "\r\n");
    while (line != NULL && *line == '\0')
        line = strsep(rest, "\r\n");
    return line;
}

/* "JSON and CSV carry all" digits: every cell of the CSV reads back as the very number of the JSON. */
static void csv_holds_the_same_numbers(void **state)
{
    const struct printing *printing = *state;
    struct program_run run;
    gapmeter_run(&run, "analyze", printing->answers, "--study", printing->study, "--table", "item_gap", "--csv");
    assert_int_equal(run.exit_code, 0);
    char *rest = run.out, *heads[COLUMNS_MOST], *cells[COLUMNS_MOST];
    size_t columns = cells_split(line_next(&rest), heads), rows = 0;
    assert_in_range(columns, 40, COLUMNS_MOST);
    json_t *table = printed_table(printing->printed, "item_gap", NULL);
    for (char *line = line_next(&rest); line != NULL; line = line_next(&rest), rows++) {
        assert_int_equal(cells_split(line, cells), columns);
        const json_t *row = printed_row(table, (const char *const[]){"item", cells[0], NULL});
        for (size_t i = 0; i < columns; i++) {
            if (strcmp(heads[i], "blank") != 0)
                compare_cell(row, heads[i], cells[i]);
        }
    }
    assert_int_equal(rows, 9);
    program_run_clear(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables_show_rounded_json), cmocka_unit_test(csv_holds_the_same_numbers)};
    return cmocka_run_group_tests(tests, printing_setup, printing_teardown);
}
