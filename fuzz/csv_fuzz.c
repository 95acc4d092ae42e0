/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a csv file. The first byte chooses the study (tests/support/csv_studies.h) and, with its 16's bit, a join of the
 * two halves that the first byte 0x1D parts. Laws: reading twice gives the same; so does reading in blocks of one byte; there are
 * never both answers and problems, and never neither without a sentence. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "../tests/support/csv_studies.h"
#include "formats/csv_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

struct outcome_of_reading {
    struct ctx ctx;
    enum status status;
    struct problems problems;
    const struct answers *answers;
};

static void read_once(struct outcome_of_reading *out, const struct span *halves, uint8_t options, size_t block_bytes)
{
    const struct study *study = &csv_studies[(options & 0xFu) % CSV_STUDY_COUNT];
    struct csv_request request = {.openings = {{.path = "first", .bytes = &halves[0], .block_bytes = block_bytes},
                                               {.path = "second", .bytes = &halves[1], .block_bytes = block_bytes}},
                                  .count = (options & 0x10u) != 0 ? 2 : 1,
                                  .key = "id"};
    memset(out, 0, sizeof *out);
    enum status status = arena_create(NULL, &out->ctx.arena);
    assert(status == STATUS_OK);
    status = problems_init(&out->ctx, &out->problems, (options & 0x20u) != 0);
    assert(status == STATUS_OK);
    out->status = csv_read(&out->ctx, &request, study, &out->problems, &out->answers);
    if (out->status == STATUS_OK) {
        assert(out->answers != NULL && out->problems.total == 0 && out->answers->encounter_count > 0);
    } else {
        assert(out->answers == NULL && out->ctx.error.status == out->status && out->ctx.error.sentence[0] != '\0');
        assert(out->problems.total == 0 || out->status == STATUS_DATA);
    }
}

static void assert_same_chunk(const struct answers *a, const struct answers_chunk *x, const struct answers_chunk *y)
{
    const struct study *study = a->study;
    const size_t rows = ANSWERS_CHUNK_ROWS;
    const struct {
        const void *left, *right;
        size_t bytes;
    } arrays[] = {
        {x->codes, y->codes, rows * a->slot_count * a->code_bytes},
        {x->segments, y->segments, rows * study->columns.segment_count * sizeof *x->segments},
        {x->weights, y->weights, rows * sizeof *x->weights},
        {x->respondents, y->respondents, rows * sizeof *x->respondents},
        {x->clusters, y->clusters, rows * sizeof *x->clusters},
        {x->points, y->points, rows * study->dimension_count * sizeof *x->points},
        {x->outcomes, y->outcomes, rows * study->columns.outcome_count * sizeof *x->outcomes},
    };
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        assert(arrays[i].left == NULL || memcmp(arrays[i].left, arrays[i].right, arrays[i].bytes) == 0);
}

static void assert_same(const struct outcome_of_reading *a, const struct outcome_of_reading *b)
{
    assert(a->status == b->status && strcmp(a->ctx.error.sentence, b->ctx.error.sentence) == 0);
    assert(a->problems.total == b->problems.total && a->problems.kept_count == b->problems.kept_count);
    assert(memcmp(a->problems.count, b->problems.count, sizeof a->problems.count) == 0);
    for (uint32_t i = 0; i < a->problems.kept_count; i++) {
        const struct problem *x = &a->problems.kept[i], *y = &b->problems.kept[i];
        assert(x->kind == y->kind && x->place.row == y->place.row && strcmp(x->value, y->value) == 0 &&
               strcmp(x->place.column, y->place.column) == 0 && strcmp(x->accepted, y->accepted) == 0 &&
               strcmp(x->advice, y->advice) == 0);
    }
    if (a->answers == NULL)
        return;
    assert(a->answers->encounter_count == b->answers->encounter_count &&
           a->answers->respondent_count == b->answers->respondent_count &&
           a->answers->cluster_count == b->answers->cluster_count && a->answers->missing_count == b->answers->missing_count);
    assert(a->answers->missing_count == 0 || memcmp(a->answers->missing, b->answers->missing,
                                                    (size_t)a->answers->missing_count * sizeof *a->answers->missing) == 0);
    for (uint32_t i = 0; i < a->answers->chunk_count; i++)
        assert_same_chunk(a->answers, &a->answers->chunks[i], &b->answers->chunks[i]);
}

/* Every code lies on its scale, whatever the file held. */
static void assert_codes_on_scale(const struct answers *answers)
{
    for (uint32_t encounter = 0; encounter < answers->encounter_count; encounter++) {
        for (uint32_t slot = 0; slot < answers->slot_count; slot++)
            assert(answers_code(answers, encounter, slot) <= csv_scales[0].steps);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    const char *text = (const char *)bytes + 1;
    struct span halves[2] = {{text, length - 1}, {text, 0}};
    const char *cut = length == 1 ? NULL : memchr(text, 0x1D, length - 1);
    if ((bytes[0] & 0x10u) != 0 && cut != NULL) {
        halves[0].length = (size_t)(cut - text);
        halves[1] = (struct span){cut + 1, length - 2 - halves[0].length};
    }
    struct outcome_of_reading readings[3];
    static const size_t blocks[] = {0, 0, 1};
    for (size_t i = 0; i < 3; i++)
        read_once(&readings[i], halves, bytes[0], blocks[i]);
    assert_same(&readings[0], &readings[1]);
    assert_same(&readings[0], &readings[2]);
    if (readings[0].answers != NULL)
        assert_codes_on_scale(readings[0].answers);
    for (size_t i = 0; i < 3; i++)
        arena_destroy(readings[i].ctx.arena);
    return 0;
}
