/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reviews of airport lounges whose site changed from five stars to ten: both stand in one column. The answers are not ours to
 * ship; where they are absent the test says so and is skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats/csv_read.h"
#include "support/job_fixture.h"
#include "support/oracle_fixture.h"
#include "support/scratch_folder.h"

enum { PATH_ROOM = 4096 };

static const struct missing_code not_rated[] = {{.text = "0", .kind = MISSING_DECLARED, .is_number = true, .number = {0, 0}}};

/* The reviews, with stars from 1 to `stars`; 0 is "not rated" of the single ratings, and "no" of the recommendation. */
static enum status read_reviews(struct job *job, int64_t stars, struct problems *problems, const struct answers **out)
{
    static struct outcome outcomes[3];
    static struct study study;
    char path[PATH_ROOM];
    size_t length = 0;
    const struct scale overall = {.id = "overall", .min = {1, 0}, .max = {stars, 0}, .step = {1, 0}, .steps = (uint32_t)stars};
    const struct scale five = {.id = "five", .min = {1, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 5};
    const struct scale no_yes = {.id = "no_yes", .min = {0, 0}, .max = {1, 0}, .step = {1, 0}, .steps = 2};
    outcomes[0] = (struct outcome){.name = "overall", .column = "overall_rating", .scale = overall};
    outcomes[1] = (struct outcome){
        .name = "wifi", .column = "wifi_connectivity_rating", .scale = five, .missing = not_rated, .missing_count = 1};
    outcomes[2] = (struct outcome){.name = "recommended", .column = "recommended", .scale = no_yes};
    study = (struct study){.title = "lounges",
                           .source = "lounges.json",
                           .columns = {.outcomes = outcomes, .outcome_count = 3, .time = "date", .time_period = PERIOD_YEAR}};
    char *text = scratch_read(real_answers_path("skytrax-lounge/lounge.csv", path, sizeof path), &length);
    const struct span bytes = {text, length};
    const struct csv_request request = {.openings = {{.path = "lounge.csv", .bytes = &bytes}}, .count = 1};
    assert_ok(job, problems_init(&job->ctx, problems, true));
    enum status status = csv_read(&job->ctx, &request, &study, problems, out);
    free(text);
    return status;
}

/* "2192 values 1–5 and 67 values 6–10", whichever of the two scales the study names */
static void both_scales_are_seen(void **state)
{
    (void)state;
    struct job job;
    struct problems problems;
    const struct answers *answers;
    job_begin(&job);
    assert_ok(&job, read_reviews(&job, 10, &problems, &answers));
    assert_int_equal(answers->note_count, 1);
    assert_non_null(strstr(answers->notes[0].english, "2192 answers lie on 1–5 and 67 on 6–10, first in rows 33, 34 and 48;"));
    /* 128 cells say 0, "not rated", and 11 are empty */
    unsigned rated = 0, no = 0;
    for (uint32_t i = 0; i < answers->encounter_count; i++) {
        rated += answers_outcome(answers, i, 1) != INT64_MIN;
        no += answers_outcome(answers, i, 2) == 1;
    }
    assert_int_equal(rated, 2264 - 128 - 11);
    assert_true(no > 500);
    assert_int_equal(read_reviews(&job, 5, &problems, &answers), STATUS_DATA);
    assert_int_equal(problems.total, 67);
    assert_non_null(strstr(problems.remark, "2192 answers lie on 1–5 and 67 above it, from 6 to 10, first in row 33;"));
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_scales_are_seen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
