/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of the formula sheet's worked example (mobile phones, 250 people), which R, psych and lavaan agreed on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/scratch_folder.h"

enum { PATH_ROOM = 4096, NAME_ROOM = 32, COLUMNS_MOST = 64, QUALITY = 7, EXPECTATION = 3 };

static void compare(struct comparison *comparison, json_t *row, const char *column, double expected, double digits)
{
    json_t *value = json_real(expected);
    comparison_add(comparison, row, column, value, digits);
    json_decref(value);
}

static const char *mobile_study(void)
{
    return GAPMETER_SOURCE_DIR "/tests/studies/mobi.json";
}

/* F13: alpha and Feldt's interval. F15: the minimum that Newton steps reach; lavaan stops 7e-10 and 2e-8 away. */
static void scale_is_reproduced(void **state)
{
    (void)state;
    char answers[PATH_ROOM];
    struct comparison comparison = COMPARISON_NONE;
    (void)real_answers_path("mobi-ecsi/mobi.csv", answers, sizeof answers);
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", mobile_study(), "--table", "reliability", NULL});
    json_t *row = printed_row(printed_table(printed, "reliability", NULL),
                              (const char *const[]){"dimension", "quality", "standard", "perception", NULL});
    compare(&comparison, row, "n", 250, 17);
    compare(&comparison, row, "alpha", .8724063714, 10);
    compare(&comparison, row, "alpha_ci_low", .8466999853, 10);
    compare(&comparison, row, "alpha_ci_high", .8951803335, 10);
    compare(&comparison, row, "omega", .8740480896, 9.5);
    compare(&comparison, row, "omega_observed", .8750768103, 9.5);
    comparison_say(&comparison, "mobile phones, scale");
    json_decref(printed);
}

/* F14, five printed digits. */
static void items_are_reproduced(void **state)
{
    static const double rest[QUALITY] = {.70717, .53562, .67359, .68122, .65574, .68602, .66170};
    static const double deleted[QUALITY] = {.84912, .87181, .85120, .85013, .85459, .84960, .85305};
    (void)state;
    char answers[PATH_ROOM];
    struct comparison comparison = COMPARISON_NONE;
    (void)real_answers_path("mobi-ecsi/mobi.csv", answers, sizeof answers);
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", mobile_study(), "--table", "item_total", NULL});
    for (size_t i = 0; i < QUALITY; i++) {
        char id[NAME_ROOM];
        (void)snprintf(id, sizeof id, "q%zu", i + 1);
        json_t *row = printed_row(printed_table(printed, "item_total", NULL),
                                  (const char *const[]){"item", id, "scope", "dimension", "standard", "perception", NULL});
        compare(&comparison, row, "item_rest_r", rest[i], 4.9);
        compare(&comparison, row, "alpha_if_deleted", deleted[i], 4.9);
    }
    comparison_say(&comparison, "mobile phones, items");
    json_decref(printed);
}

/* Sum of the columns whose header begins with `name`. */
static long sum_of(char *const *headers, char *const *cells, size_t columns, const char *name, size_t wanted)
{
    long sum = 0;
    size_t found = 0;
    for (size_t i = 0; i < columns; i++) {
        if (strncmp(headers[i], name, strlen(name)) == 0) {
            sum += strtol(cells[i], NULL, 10);
            found++;
        }
    }
    assert_int_equal(found, wanted);
    return sum;
}

/* The next piece that is not empty; NULL at the end of the text. */
static char *piece_next(char **rest, const char *ends)
{
    char *piece = strsep(rest, ends);
    while (piece != NULL && *piece == '\0')
        piece = strsep(rest, ends);
    return piece;
}

static size_t cells_split(char *line, char *cells[COLUMNS_MOST])
{
    size_t count = 0;
    for (char *cell = piece_next(&line, ",\""); cell != NULL; cell = piece_next(&line, ",\"")) {
        assert_in_range(count, 0, COLUMNS_MOST - 1);
        cells[count++] = cell;
    }
    return count;
}

/* Means of three and of seven answers become whole numbers when both are taken 21 times: one item of 21 to 210. */
static const char *means_write(struct scratch *scratch, const char *path)
{
    size_t length = 0, written = 0;
    char *text = scratch_read(path, &length), *rest = text, *headers[COLUMNS_MOST], *cells[COLUMNS_MOST];
    char *out = calloc(length + NAME_ROOM, 1);
    assert_non_null(out);
    size_t columns = cells_split(piece_next(&rest, "\r\n"), headers);
    written = (size_t)snprintf(out, NAME_ROOM, "e,p\n");
    for (char *line = piece_next(&rest, "\r\n"); line != NULL; line = piece_next(&rest, "\r\n")) {
        assert_int_equal(cells_split(line, cells), columns);
        written +=
            (size_t)snprintf(out + written, NAME_ROOM, "%ld,%ld\n", 7 * sum_of(headers, cells, columns, "CUEX", EXPECTATION),
                             3 * sum_of(headers, cells, columns, "PERQ", QUALITY));
    }
    const char *file = scratch_write_bytes(scratch, "means.csv", out, written);
    free(out);
    free(text);
    return file;
}

/* F20, F21: t(249) 2.637589138, p .008875387, dz .1668157841 with .0418296 to .2914715. */
static void difference_is_reproduced(void **state)
{
    (void)state;
    char path[PATH_ROOM], answers[PATH_ROOM];
    struct comparison comparison = COMPARISON_NONE;
    struct scratch scratch;
    (void)real_answers_path("mobi-ecsi/mobi.csv", path, sizeof path);
    scratch_create(&scratch);
    (void)snprintf(answers, sizeof answers, "%s", means_write(&scratch, path));
    const char *study =
        scratch_write(&scratch, "study.json",
                      "{\"gapmeter\": 1, \"title\": \"Difference\", \"scale\": {\"min\": 21, \"max\": 210, \"step\": 1},"
                      " \"design\": {\"expectation\": \"will\", \"asked\": \"recalled\"}, \"dimensions\": [],"
                      " \"items\": [{\"id\": \"q\", \"text\": \"Quality\"}],"
                      " \"columns\": {\"expectation\": \"e\", \"perception\": \"p\"}}");
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study, "--table", "item_gap", NULL});
    json_t *row = printed_row(printed_table(printed, "item_gap", NULL), (const char *const[]){"item", "q", NULL});
    compare(&comparison, row, "gap", 21 * .201142857142857, 14);
    compare(&comparison, row, "t", 2.637589138, 9.5);
    compare(&comparison, row, "p", .008875387, 6.9);
    compare(&comparison, row, "ci_low", 21 * .05094574, 6.9);
    compare(&comparison, row, "ci_high", 21 * .35133997, 7.5);
    compare(&comparison, row, "dz", .1668157841, 9.5);
    compare(&comparison, row, "gz", .1663127376, 9.5); /* exact J; the usual approximation gives .1663128 */
    compare(&comparison, row, "dz_low", .0418296, 6);
    compare(&comparison, row, "dz_high", .2914715, 6.5);
    compare(&comparison, row, "r_expectation_perception", .5465175, 6.9);
    comparison_say(&comparison, "mobile phones, difference");
    json_decref(printed);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(scale_is_reproduced), cmocka_unit_test(items_are_reproduced),
                                       cmocka_unit_test(difference_is_reproduced)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
