/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/csv_readings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/answers_dump.h"

void csv_read_so(struct csv_reading_done *out, struct span bytes, const struct study *study, const struct csv_way *way)
{
    struct csv_request request = {
        .openings = {{.path = way->file != NULL ? way->file : "paths.csv", .block_bytes = way->block_bytes}},
        .count = 1,
        .path = way->path};
    if (bytes.at != NULL)
        request.openings[0].bytes = &bytes;
    memset(out, 0, sizeof *out);
    out->ctx.threads = way->threads;
    assert_int_equal(arena_create(NULL, &out->ctx.arena), STATUS_OK);
    assert_int_equal(setenv("GAPMETER_KERNEL", kernel_name(way->kernel), 1), 0);
    assert_int_equal(kernel_start(&out->ctx), STATUS_OK);
    assert_int_equal(problems_init(&out->ctx, &out->problems, !way->few), STATUS_OK);
    memory_fail_at(way->missing, false);
    out->status = csv_read(&out->ctx, &request, study, &out->problems, &out->answers);
    memory_fail_at(0, false);
}

static void assert_same_problems(const struct problems *a, const struct problems *b)
{
    assert_int_equal(a->total, b->total);
    assert_memory_equal(a->count, b->count, sizeof a->count);
    assert_int_equal(a->kept_count, b->kept_count);
    assert_string_equal(a->remark, b->remark);
    for (uint32_t i = 0; i < a->kept_count; i++) {
        const struct problem *x = &a->kept[i], *y = &b->kept[i];
        assert_int_equal(x->kind, y->kind);
        assert_int_equal(x->place.row, y->place.row);
        assert_string_equal(x->place.column, y->place.column);
        assert_string_equal(x->value, y->value);
        assert_string_equal(x->accepted, y->accepted);
        assert_string_equal(x->advice, y->advice);
    }
}

void csv_assert_same(const struct csv_reading_done *a, const struct csv_reading_done *b)
{
    assert_int_equal(a->status, b->status);
    assert_same_problems(&a->problems, &b->problems);
    assert_int_equal(a->answers == NULL, b->answers == NULL);
    if (a->answers == NULL) {
        assert_string_equal(a->ctx.error.sentence, b->ctx.error.sentence);
        return;
    }
    assert_same_answers(a->answers, b->answers);
    assert_int_equal(answers_are_named(a->answers), answers_are_named(b->answers));
    for (uint32_t i = 0; answers_are_named(a->answers) && i < a->answers->respondent_count; i++)
        assert_int_equal(answers_respondent_mark(a->answers, i), answers_respondent_mark(b->answers, i));
    assert_int_equal(a->answers->note_count, b->answers->note_count);
    for (uint32_t i = 0; i < a->answers->note_count; i++)
        assert_string_equal(a->answers->notes[i].english, b->answers->notes[i].english);
}
