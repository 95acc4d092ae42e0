/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "base/memory.h"
#include "formats/csv_read.h"
#include "support/answers_dump.h"
#include "support/csv_studies.h"

static struct ctx ctx;
static struct problems problems;
static const struct answers *answers;
static char dump[4096];

static int open_arena(void **state)
{
    (void)state;
    ctx = (struct ctx){0};
    return arena_create(NULL, &ctx.arena) == STATUS_OK ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

static enum status join(const char *before, const char *after, const struct study *study)
{
    struct span bytes[2] = {span_of(before), span_of(after)};
    struct csv_request request = {
        .openings = {{.path = "before.csv", .bytes = &bytes[0]}, {.path = "after.csv", .bytes = &bytes[1]}},
        .count = 2,
        .key = "id"};
    assert_int_equal(problems_init(&ctx, &problems, true), STATUS_OK);
    enum status status = csv_read(&ctx, &request, study, &problems, &answers);
    dump[0] = '\0';
    if (status == STATUS_OK)
        answers_dump(answers, dump, sizeof dump);
    else
        problems_dump(&problems, dump, sizeof dump);
    return status;
}

/* "counts matched, unmatched in each, ambiguous (a key more than once in either file: left out of pairing)" */
static void keys_are_matched_and_counted(void **state)
{
    (void)state;
    const struct study *study = &csv_studies[CSV_STUDY_PLAIN];
    assert_int_equal(join("id,h1,h2\na,1,2\nb,3,4\ntwice,1,1\nonly before,5,5\ntwice,2,2\nmany after,3,3\n",
                          "p2;id;p1\n4;b;3\n2;a;1\n5;only after;4\n1;twice;1\n1;many after;1\n1;many after;1\n", study),
                     STATUS_OK);
    assert_string_equal(dump, "1 2 1 2 / 3 4 3 4 / 5 5 . . / . . 4 5");
    assert_int_equal(answers->note_count, 1);
    assert_string_equal(answers->notes[0].english,
                        "Joined on id: 2 matched, 1 only before, 1 only after, 2 ambiguous (left out).");
}

/* "expectation columns from the first, perception from the second": also when both files use the same headers */
static void the_same_headers_mean_what_their_file_means(void **state)
{
    (void)state;
    static const char *const same[] = {"q1", "q2"};
    struct study study = csv_studies[CSV_STUDY_PLAIN];
    study.columns.of_item[STANDARD_EXPECTATION] = study.columns.of_item[STANDARD_PERCEPTION] = same;
    assert_int_equal(join("id,q1,q2\na,1,2\nb,3,4\n", "id,q1,q2\nb,5,5\na,4,4\n", &study), STATUS_OK);
    assert_string_equal(dump, "1 2 4 4 / 3 4 5 5");
}

/* "other columns from the first file that has them"; a row without a partner keeps what its own file says */
static void other_columns_come_from_the_first_file_that_has_them(void **state)
{
    (void)state;
    struct study study = csv_studies[CSV_STUDY_PLAIN];
    study.columns.segments = csv_segments;
    study.columns.segment_count = 2;
    assert_int_equal(join("id,h1,h2,branch\na,1,2,Oslo\nb,3,4,\n",
                          "id,p1,p2,branch,sex\na,1,2,Bergen,f\nb,3,4,Bergen,m\nc,5,5,Tromsø,f\n", &study),
                     STATUS_OK);
    assert_string_equal(dump, "1 2 1 2 Oslo f / 3 4 3 4 - m / . . 5 5 Tromsø f");
}

/* A respondent column in the first file only: whoever has no partner there is someone of their own. */
static void respondents_of_a_join(void **state)
{
    (void)state;
    struct study study = csv_studies[CSV_STUDY_VISITS];
    study.columns.respondent = "who";
    assert_int_equal(
        join("id,who,visit,h1,h2\n1,a,1,1,2\n2,a,2,3,4\n3,b,1,5,5\n", "id,p1,p2\n1,1,2\n2,3,4\n3,5,5\na,1,1\n", &study),
        STATUS_OK);
    assert_string_equal(dump, "1 2 1 2 @0 / 3 4 3 4 @0 / 5 5 5 5 @1 / . . 1 1 @2");
    study.columns.encounter = NULL;
    assert_int_equal(join("id,who,h1,h2\n1,a,1,2\n2,a,3,4\n", "id,p1,p2\n1,1,2\n2,3,4\n", &study), STATUS_DATA);
    assert_string_equal(dump, "DUPLICATE 3 who");
}

static void what_is_wrong_with_a_join_is_said(void **state)
{
    (void)state;
    const struct study *study = &csv_studies[CSV_STUDY_PLAIN];
    assert_int_equal(join("id,h1,h2\n,1,2\na,7,1\n", "id,p1,p2\na,1\nb,6,1\n", study), STATUS_DATA);
    assert_string_equal(dump, "NO_KEY 2 id / OUT_OF_RANGE 3 h1 7 / RAGGED 2 p2 / OUT_OF_RANGE 3 p1 6");
    assert_string_equal(problems.kept[1].place.file, "before.csv");
    assert_string_equal(problems.kept[3].place.file, "after.csv");
    assert_int_equal(join("id,h1,h2\na,1,2\n", "Id,p1,p2\na,1,2\n", study), STATUS_CONFIG);
    assert_non_null(strstr(ctx.error.sentence, "after.csv: id (is it \"Id\"?)"));
    assert_int_equal(join("id,h1,h2,p1,p2\na,1,2,3,4\n", "id,x\na,1\n", study), STATUS_CONFIG);
    assert_non_null(strstr(ctx.error.sentence, "after.csv: p1, p2"));
    assert_int_equal(join("id,h1,h2\n", "id,p1,p2\na,1,2\n", study), STATUS_DATA);
    assert_non_null(strstr(ctx.error.sentence, "before.csv has a line of column names but no rows"));
    assert_int_equal(join("id,h1,h2\na,1,2\n", "id,p1,p2\na,1,2\n", &csv_studies[CSV_STUDY_LONG]), STATUS_CONFIG);
    assert_non_null(strstr(ctx.error.sentence, "wide layout"));
}

/* "joining two files needs [to read them twice]": a pipe is refused by a sentence */
static void standard_input_cannot_be_joined(void **state)
{
    (void)state;
    struct span after = span_of("id,p1,p2\na,1,2\n");
    struct csv_request request = {
        .openings = {{.path = "/dev/null"}, {.path = "after.csv", .bytes = &after}}, .count = 2, .key = "id"};
    assert_int_equal(problems_init(&ctx, &problems, true), STATUS_OK);
    enum status status = csv_read(&ctx, &request, &csv_studies[CSV_STUDY_PLAIN], &problems, &answers);
    assert_true(status == STATUS_DATA || status == STATUS_USAGE);
    assert_null(answers);
}

/* Pairs are made within the same person only: shuffling either file pairs the same answers (reliability.md, case 36). */
static void order_of_rows_does_not_matter(void **state)
{
    (void)state;
    enum { PEOPLE = 50 };
    for (uint64_t trial = 0; trial < 40; trial++) {
        char before[2048] = "id,h1,h2\n", after[2048] = "id,p1,p2\n";
        size_t before_length = strlen(before), after_length = strlen(after);
        for (uint64_t i = 0; i < PEOPLE; i++) {
            /* Two walks over the same people in different orders. */
            unsigned x = (unsigned)((i * 7 + trial) % PEOPLE), y = (unsigned)((i * (11 + 6 * (trial % 3)) + 3) % PEOPLE);
            before_length +=
                (size_t)snprintf(before + before_length, sizeof before - before_length, "%u,%u,%u\n", x, x % 5 + 1, x % 3 + 1);
            after_length +=
                (size_t)snprintf(after + after_length, sizeof after - after_length, "%u,%u,%u\n", y, y % 5 + 1, y % 3 + 1);
        }
        assert_int_equal(join(before, after, &csv_studies[CSV_STUDY_PLAIN]), STATUS_OK);
        assert_non_null(strstr(answers->notes[0].english, "50 matched, 0 only before, 0 only after, 0 amb"));
        for (uint32_t i = 0; i < answers->encounter_count; i++) {
            uint32_t expected = answers_code(answers, i, 0), perceived = answers_code(answers, i, 2);
            assert_true(expected == perceived || expected == 0 || perceived == 0);
        }
    }
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (uint64_t k = 1; k < 1000; k++) {
        (void)close_arena(NULL);
        assert_int_equal(open_arena(NULL), 0);
        struct span bytes[2] = {span_of("id,h1,h2\na,1,2\nb,9,2\n"), span_of("id,p1,p2\na,1,2\nc,1,2\n")};
        struct csv_request request = {
            .openings = {{.path = "a", .bytes = &bytes[0]}, {.path = "b", .bytes = &bytes[1]}}, .count = 2, .key = "id"};
        assert_int_equal(problems_init(&ctx, &problems, false), STATUS_OK);
        memory_fail_at(k, false);
        enum status status = csv_read(&ctx, &request, &csv_studies[CSV_STUDY_PLAIN], &problems, &answers);
        memory_fail_at(0, false);
        if (status == STATUS_OK) {
            assert_true(k > 10);
            return;
        }
        assert_int_equal(status, STATUS_MEMORY);
        assert_null(answers);
    }
    fail_msg("the joining never ended");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_are_matched_and_counted, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_same_headers_mean_what_their_file_means, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(other_columns_come_from_the_first_file_that_has_them, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(respondents_of_a_join, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(what_is_wrong_with_a_join_is_said, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(standard_input_cannot_be_joined, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(order_of_rows_does_not_matter, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
