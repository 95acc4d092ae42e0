/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/indices_study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/scratch_folder.h"

static const char study_text[] =
    "{\"gapmeter\": 1, \"title\": \"Indices\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},\n"
    " \"scale\": {\"min\": 1, \"max\": 5, \"step\": 1}, \"dimensions\": [{\"id\": \"d1\"}, {\"id\": \"d2\"}],\n"
    " \"items\": [{\"id\": \"q1\", \"dimension\": \"d1\"}, {\"id\": \"q2\", \"dimension\": \"d1\"},\n"
    "  {\"id\": \"q3\", \"dimension\": \"d1\"}, {\"id\": \"q4\", \"dimension\": \"d2\"}],\n"
    " \"columns\": {\"respondent\": \"id\", \"perception\": \"p{n}\", \"segments\": [\"branch\"]%s%s,\n"
    "  \"outcomes\": {\"recommend\": {\"column\": \"nps\", \"min\": 0, \"max\": 10},\n"
    "   \"satisfaction\": {\"column\": \"sat\", \"min\": 1, \"max\": 7},\n"
    "   \"effort\": {\"column\": \"ces\", \"min\": 1, \"max\": 7, \"easy\": \"%s\"}}}}\n";

/* The text of one cell; empty where the fixture says null. */
static size_t cell_write(char *into, size_t room, const json_t *number)
{
    if (!json_is_number(number))
        return (size_t)snprintf(into, room, ",");
    return (size_t)snprintf(into, room, ",%.10g", json_number_value(number));
}

/* People from `first` to before `last`, one line each, who answer as the person so many places on. */
static void answers_write(struct scratch *scratch, const char *name, const json_t *oracle, const size_t people[2], size_t places)
{
    size_t all = json_array_size(json_object_get(oracle, "recommend"));
    static const char *const columns[] = {"recommend", "satisfaction", "effort", "weight", "cluster"};
    char text[8192];
    size_t used = (size_t)snprintf(text, sizeof text, "id,nps,sat,ces,w,branch,p1,p2,p3,p4\n");
    for (size_t person = people[0]; person < people[1]; person++) {
        size_t i = (person + places) % all;
        used += (size_t)snprintf(text + used, sizeof text - used, "r%zu", person);
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
            used += cell_write(text + used, sizeof text - used, json_array_get(json_object_get(oracle, columns[c]), i));
        for (size_t q = 0; q < 4; q++)
            used += cell_write(text + used, sizeof text - used,
                               json_array_get(json_array_get(json_object_get(oracle, "items"), i), q));
        used += (size_t)snprintf(text + used, sizeof text - used, "\n");
        assert_true(used < sizeof text - 200);
    }
    (void)scratch_write(scratch, name, text);
}

/* The study file of a design. */
static void study_write(struct scratch *scratch, int design, bool easy_low)
{
    char text[2048];
    (void)snprintf(text, sizeof text, study_text, design == DESIGN_WEIGHTS || design == DESIGN_BOTH ? ", \"weight\": \"w\"" : "",
                   design == DESIGN_CLUSTERS || design == DESIGN_BOTH ? ", \"cluster\": \"branch\"" : "",
                   easy_low ? "low" : "high");
    (void)scratch_write(scratch, "study.json", text);
}

json_t *indices_printed(const json_t *oracle, int design, bool easy_low, const char *measure)
{
    struct scratch scratch;
    char answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
    scratch_create(&scratch);
    answers_write(&scratch, "answers.csv", oracle, (const size_t[2]){0, json_array_size(json_object_get(oracle, "recommend"))},
                  0);
    study_write(&scratch, design, easy_low);
    (void)snprintf(answers, sizeof answers, "%s", scratch_path(&scratch, "answers.csv"));
    (void)snprintf(study, sizeof study, "%s", scratch_path(&scratch, "study.json"));
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study, "--table", measure, NULL});
    scratch_destroy(&scratch);
    return printed;
}

json_t *indices_compared(const json_t *oracle, bool panel, const char *measure)
{
    struct scratch scratch;
    char before[SCRATCH_ROOM], answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
    scratch_create(&scratch);
    answers_write(&scratch, "before.csv", oracle, (const size_t[2]){0, panel ? 40 : 25}, 0);
    answers_write(&scratch, "answers.csv", oracle, (const size_t[2]){25, json_array_size(json_object_get(oracle, "recommend"))},
                  panel ? 10 : 0);
    study_write(&scratch, DESIGN_PLAIN, false);
    (void)snprintf(before, sizeof before, "%s", scratch_path(&scratch, "before.csv"));
    (void)snprintf(answers, sizeof answers, "%s", scratch_path(&scratch, "answers.csv"));
    (void)snprintf(study, sizeof study, "%s", scratch_path(&scratch, "study.json"));
    json_t *printed =
        printed_analysis((const char *const[]){answers, "--study", study, "--table", measure, "--compare", before, NULL});
    scratch_destroy(&scratch);
    return printed;
}

json_t *indices_by_branch(const json_t *oracle, int design, int wave, const char *measure)
{
    struct scratch scratch;
    char before[SCRATCH_ROOM], answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
    size_t all = json_array_size(json_object_get(oracle, "recommend"));
    scratch_create(&scratch);
    answers_write(&scratch, "before.csv", oracle, (const size_t[2]){0, 40}, 0);
    answers_write(&scratch, "answers.csv", oracle, (const size_t[2]){25, all}, 10);
    study_write(&scratch, design, false);
    (void)snprintf(before, sizeof before, "%s", scratch_path(&scratch, "before.csv"));
    (void)snprintf(answers, sizeof answers, "%s", scratch_path(&scratch, "answers.csv"));
    (void)snprintf(study, sizeof study, "%s", scratch_path(&scratch, "study.json"));
    json_t *printed =
        printed_analysis((const char *const[]){wave == 1 ? before : answers, "--study", study, "--table", measure, "--by",
                                               "branch", "--min-cell", "1", wave ? NULL : "--compare", before, NULL});
    scratch_destroy(&scratch);
    return printed;
}

json_t *indices_expected(json_t *oracle, int design, const char *figures)
{
    char path[64];
    (void)snprintf(path, sizeof path, "designs.%d.%s", design, figures);
    return oracle_at(oracle, path);
}

void indices_agree(json_t *row, json_t *expected, double digits, const char *title)
{
    struct comparison comparison = COMPARISON_NONE;
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach (expected, name, value)
        comparison_add(&comparison, row, name, value, digits);
    comparison_say(&comparison, title);
}
