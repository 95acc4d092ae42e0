/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/journey_answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/scratch_folder.h"

static const char study_text[] = "{\"gapmeter\": 1, \"title\": \"Journeys\",\n"
                                 " \"columns\": {\"layout\": \"journey\", \"respondent\": \"case\", \"touchpoint\": \"step\", "
                                 "\"time\": \"when\", \"order\": \"no\",\n"
                                 "  \"rating\": {\"column\": \"stars\", \"min\": 1, \"max\": 7}%s%s,\n"
                                 "  \"outcomes\": {\"satisfaction\": {\"column\": \"sat\", \"min\": 1, \"max\": 10}}}}\n";

static size_t cell_write(char *into, size_t room, const json_t *number)
{
    if (!json_is_number(number))
        return (size_t)snprintf(into, room, ",");
    return (size_t)snprintf(into, room, ",%.10g", json_number_value(number));
}

static json_int_t integer_at(const json_t *row, size_t column)
{
    return json_integer_value(json_array_get(row, column));
}

/* One moment; minutes count from one midnight. */
static size_t moment_write(char *into, size_t room, const json_t *oracle, size_t at, bool shuffled)
{
    const json_t *row = json_array_get(json_object_get(oracle, "log"), at);
    json_int_t number = integer_at(row, 0), minute = integer_at(row, 2);
    const char *step = json_string_value(json_array_get(json_object_get(oracle, "points"), (size_t)integer_at(row, 1) - 1));
    size_t used = (size_t)snprintf(into, room, "%s%lld,%s,2024-03-%02lld %02lld:%02lld:00,%zu", shuffled ? "z" : "c",
                                   (long long)(shuffled ? 900 - number : number), step, (long long)(1 + minute / 1440),
                                   (long long)(minute % 1440 / 60), (long long)(minute % 60), at);
    used += cell_write(into + used, room - used, json_array_get(row, 3));
    static const char *const columns[] = {"satisfaction", "weight", "cluster"};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        used += cell_write(into + used, room - used, json_array_get(json_object_get(oracle, columns[c]), (size_t)number - 1));
    return used + (size_t)snprintf(into + used, room - used, "\n");
}

json_t *journeys_printed(const json_t *oracle, int design, bool shuffled, const char *measure)
{
    static char text[65536];
    struct scratch scratch;
    char answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
    size_t used = (size_t)snprintf(text, sizeof text, "case,step,when,no,stars,sat,w,branch\n");
    size_t rows = json_array_size(json_object_get(oracle, "log"));
    for (size_t i = 0; i < rows; i++) {
        used += moment_write(text + used, sizeof text - used, oracle, shuffled ? rows - 1 - i : i, shuffled);
        assert_true(used < sizeof text - 200);
    }
    scratch_create(&scratch);
    (void)scratch_write(&scratch, "answers.csv", text);
    (void)snprintf(text, sizeof text, study_text, design % 2 ? ", \"weight\": \"w\"" : "",
                   design / 2 ? ", \"cluster\": \"branch\"" : "");
    (void)scratch_write(&scratch, "study.json", text);
    (void)snprintf(answers, sizeof answers, "%s", scratch_path(&scratch, "answers.csv"));
    (void)snprintf(study, sizeof study, "%s", scratch_path(&scratch, "study.json"));
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study, "--table", measure, NULL});
    scratch_destroy(&scratch);
    return printed;
}

json_t *journeys_expected(json_t *oracle, int design, const char *figures)
{
    char path[64];
    (void)snprintf(path, sizeof path, "designs.%d.%s", design, figures);
    return oracle_at(oracle, path);
}

void journeys_agree(struct comparison *comparison, json_t *row, json_t *expected, double digits)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach (expected, name, value)
        comparison_add(comparison, row, name, value, digits);
}

static const char log_study[] = "{\"gapmeter\": 1, \"title\": \"Log\", \"columns\": {\"layout\": \"journey\", \"respondent\": "
                                "\"case_id\", \"touchpoint\": \"activity\", \"time\": \"timestamp\", \"order\": \"order\"}}\n";

/* The log with the name of its case "NA", which its makers wrote as an empty cell. */
static const char *mended_log(struct scratch *scratch, const char *path)
{
    size_t length = 0, used = 0;
    char *raw = scratch_read(path, &length), *text = malloc(2 * length);
    assert_non_null(text);
    for (size_t i = 0; i < length; i++) {
        if (raw[i] == ',' && i > 0 && raw[i - 1] == '\n') {
            text[used++] = 'N';
            text[used++] = 'A';
        }
        text[used++] = raw[i];
    }
    const char *written = scratch_write_bytes(scratch, "log.csv", text, used);
    free(raw);
    free(text);
    return written;
}

json_t *sepsis_printed(const char *measure)
{
    struct scratch scratch;
    char path[4096], answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
    const char *log = real_answers_path("journey-sepsis/sepsis.csv", path, sizeof path);
    scratch_create(&scratch);
    (void)snprintf(answers, sizeof answers, "%s", mended_log(&scratch, log));
    (void)snprintf(study, sizeof study, "%s", scratch_write(&scratch, "study.json", log_study));
    json_t *printed = measure ? printed_analysis((const char *const[]){answers, "--study", study, "--table", measure, NULL})
                              : printed_analysis((const char *const[]){answers, "--study", study, NULL});
    scratch_destroy(&scratch);
    return printed;
}
