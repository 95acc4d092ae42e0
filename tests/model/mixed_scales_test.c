/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/mixed_scales.h"
#include "support/job_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct scale ten = {.id = "ten", .min = {1, 0}, .max = {10, 0}, .step = {1, 0}, .steps = 10};
static const struct scale eleven = {.id = "eleven", .min = {0, 0}, .max = {10, 0}, .step = {1, 0}, .steps = 11};

/* Answers one after another, the points in order of their codes, from row 2 on. */
static struct answer_counts counts_of(const struct scale *scale, const unsigned *times)
{
    struct answer_counts counts = {{0}, {{0}}};
    uint64_t row = 2;
    for (uint32_t code = 1; code <= scale->steps; code++) {
        for (unsigned i = 0; i < times[code - 1]; i++)
            answer_counts_add(&counts, code, row++);
    }
    return counts;
}

/* "at most a tenth lie above, the last point of the shorter scale was answered five times as often as the next one, as often as
 * all above together, and by a twentieth of all and ten people at least": a lounge's ratings, and each condition broken alone */
static void two_scales_are_told_from_one(void **state)
{
    (void)state;
    static const struct {
        const struct scale *scale;
        unsigned times[11];
        uint32_t top; /* 0: one scale */
    } cases[] = {
        {&ten, {172, 519, 537, 595, 369, 8, 11, 14, 20, 14}, 5}, /* as found */
        {&eleven, {3, 172, 519, 537, 595, 369, 8, 11, 14, 20, 14}, 6},
        {&ten, {5, 10, 20, 40, 60, 90, 200, 10, 3, 5}, 7},        /* 1–7 and 1–10 */
        {&ten, {100, 100, 100, 100, 100, 12, 12, 12, 12, 12}, 0}, /* more than a tenth above */
        {&ten, {172, 519, 537, 595, 60, 13, 11, 14, 20, 2}, 0},   /* no cliff behind the 5 */
        {&ten, {900, 300, 100, 60, 40, 8, 20, 8, 8, 8}, 0},       /* more above than on the 5 */
        {&ten, {900, 500, 100, 30, 20, 2, 1, 1, 1, 1}, 0},        /* few at the 5: a bad service */
        {&ten, {20, 20, 20, 20, 9, 1, 1, 0, 0, 0}, 0},            /* nine people */
        {&ten, {172, 519, 537, 595, 369, 0, 0, 0, 0, 0}, 0},      /* nobody above */
        {&ten, {1, 2, 3, 4, 10, 20, 30, 60, 90, 80}, 0},          /* contentment */
        {&ten, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mixed_scales mixed;
        const struct answer_counts counts = counts_of(cases[i].scale, cases[i].times);
        bool found = mixed_scales_find(cases[i].scale, &counts, &mixed);
        if (found != (cases[i].top > 0) || (found && mixed.top != cases[i].top))
            fail_msg("case %zu", i);
    }
    const struct scale five = {.id = "five", .min = {1, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 5};
    struct mixed_scales mixed;
    struct answer_counts counts = counts_of(&five, (const unsigned[]){1, 2, 3, 4, 90});
    assert_false(mixed_scales_find(&five, &counts, &mixed));
}

/* "how many, which rows begin, what to do" */
static void the_sentence_says_where(void **state)
{
    (void)state;
    struct answer_counts counts = {{0}, {{0}}};
    struct mixed_scales mixed;
    struct note note;
    struct job job;
    const char *german = NULL;
    for (uint64_t row = 2; row < 202; row++)
        answer_counts_add(&counts, row == 40 ? 9 : row == 33 || row == 150 ? 10 : row == 21 ? 7 : 1 + (uint32_t)(row % 5), row);
    assert_true(mixed_scales_find(&ten, &counts, &mixed));
    job_begin(&job);
    assert_ok(&job, mixed_scales_note(&job.ctx, &mixed, "overall", &ten, &note));
    assert_string_equal(
        note.english,
        "Column \"overall\" seems to mix two scales: 196 answers lie on 1–5 and 4 on 6–10, first in rows 21, 33 and "
        "40; bring all to one scale in the file, or leave one kind out, before a figure of it is believed.");
    assert_ok(&job, note_say(&job.ctx, "de", &note, &german));
    assert_non_null(strstr(german, "196 Antworten liegen auf 1–5 und 4 auf 6–10, zuerst in den Zeilen 21, 33 und 40;"));
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_scales_are_told_from_one),
        cmocka_unit_test(the_sentence_says_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
