/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/loss_study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/printed_tables.h"
#include "support/scratch_folder.h"

static const char study_text[] =
    "{\"gapmeter\": 1, \"title\": \"Loss\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"}, \"items\": [],\n"
    " \"columns\": {\"respondent\": \"id\"%s%s, \"segments\": [\"tenure\"],\n"
    "  \"outcomes\": {\"left\": {\"column\": \"left\", \"min\": 0, \"max\": 1},\n"
    "   \"complained\": {\"column\": \"complained\", \"min\": 0, \"max\": 1},\n"
    "   \"captive\": {\"column\": \"captive\", \"min\": 0, \"max\": 1},\n"
    "   \"bad_service\": {\"column\": \"bad\", \"min\": 0, \"max\": 1},\n"
    "   \"satisfaction\": {\"column\": \"satisfaction\", \"min\": 1, \"max\": 7}}}}\n";

static const char *const numbers[] = {"captive", "bad", "left", "complained", "satisfaction", "weight", "cluster"};

/* The fixture as a file of answers. */
static void answers_write(struct scratch *scratch, const json_t *oracle)
{
    static char text[32768];
    size_t used = (size_t)snprintf(text, sizeof text, "id,tenure,captive,bad,left,complained,satisfaction,w,branch\n");
    size_t people = json_array_size(json_object_get(oracle, "left"));
    for (size_t i = 0; i < people; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "r%zu,%s", i,
                                 json_string_value(json_array_get(json_object_get(oracle, "tenure"), i)));
        for (size_t c = 0; c < sizeof numbers / sizeof *numbers; c++) {
            const json_t *number = json_array_get(json_object_get(oracle, numbers[c]), i);
            if (json_is_number(number))
                used += (size_t)snprintf(text + used, sizeof text - used, ",%.10g", json_number_value(number));
            else
                used += (size_t)snprintf(text + used, sizeof text - used, ",");
        }
        used += (size_t)snprintf(text + used, sizeof text - used, "\n");
        assert_true(used < sizeof text - 200);
    }
    (void)scratch_write(scratch, "answers.csv", text);
}

json_t *loss_printed(const json_t *oracle, int design, const char *threads, const char *measure)
{
    struct scratch scratch;
    char answers[SCRATCH_ROOM], study[SCRATCH_ROOM], text[2048];
    scratch_create(&scratch);
    answers_write(&scratch, oracle);
    (void)snprintf(text, sizeof text, study_text, design % 2 ? ", \"weight\": \"w\"" : "",
                   design / 2 ? ", \"cluster\": \"branch\"" : "");
    (void)scratch_write(&scratch, "study.json", text);
    (void)snprintf(answers, sizeof answers, "%s", scratch_path(&scratch, "answers.csv"));
    (void)snprintf(study, sizeof study, "%s", scratch_path(&scratch, "study.json"));
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study, "--table", measure, "--threads", threads,
                                                             "--bootstrap", design ? "200" : "2000", NULL});
    scratch_destroy(&scratch);
    return printed;
}
