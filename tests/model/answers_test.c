/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/answers_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/memory.h"

static struct ctx ctx;

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

#define WHOLE(low, high, count)                                                                                                  \
    {                                                                                                                            \
        .id = "s", .min = {low, 0}, .max = {high, 0}, .step = {1, 0}, .steps = (count)                                           \
    }

static const struct scale scales[] = {WHOLE(1, 7, 7), WHOLE(1, 300, 300)};
static const struct item small_items[] = {{.id = "a", .dimension = UINT32_MAX}, {.id = "b", .dimension = UINT32_MAX}};
static const struct item large_items[] = {{.id = "a", .dimension = UINT32_MAX, .scale = 1}, {.id = "b", .dimension = UINT32_MAX}};
static const char *const expected[] = {"e1", NULL};
static const char *const perceived[] = {"p1", "p2"};
static const struct segment segments[] = {{"branch"}, {"sex"}};
static const struct outcome outcomes[] = {{.name = "spend", .column = "eur", .kind = OUTCOME_REAL, .decimals = 2}};
static const struct dimension dimensions[] = {{.id = "d1"}, {.id = "d2"}, {.id = "d3"}};

static struct study plain_study(const struct item *items)
{
    return (struct study){
        .scales = scales,
        .scale_count = items == large_items ? 2 : 1,
        .items = items,
        .item_count = 2,
        .columns = {.of_item = {[STANDARD_EXPECTATION] = expected, [STANDARD_PERCEPTION] = perceived}},
    };
}

static struct study full_study(void)
{
    struct study study = plain_study(small_items);
    study.dimensions = dimensions;
    study.dimension_count = 3;
    study.columns.importance = IMPORTANCE_POINTS;
    study.columns.outcomes = outcomes;
    study.columns.outcome_count = 1;
    study.columns.segments = segments;
    study.columns.segment_count = 2;
    study.columns.weight = "w";
    study.columns.cluster = "c";
    study.columns.respondent = "id";
    return study;
}

/* "slot = answers_slot(standard, item), only for standards asked" */
static void slots_only_for_what_was_asked(void **state)
{
    (void)state;
    struct study study = plain_study(small_items);
    struct answers_builder *builder;
    const struct answers *answers;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    assert_int_equal(answers_end(&ctx, builder, &answers), STATUS_OK);
    assert_int_equal(answers->slot_count, 3);
    assert_int_equal(answers_slot(answers, STANDARD_EXPECTATION, 0), 0);
    assert_int_equal(answers_slot(answers, STANDARD_EXPECTATION, 1), NO_SLOT);
    assert_int_equal(answers_slot(answers, STANDARD_PERCEPTION, 0), 1);
    assert_int_equal(answers_slot(answers, STANDARD_PERCEPTION, 1), 2);
    assert_int_equal(answers_slot(answers, STANDARD_MINIMUM, 0), NO_SLOT);
    assert_int_equal(answers->encounter_count, 0);
    assert_int_equal(answers->respondent_count, 0);
}

/* "Codes are zero, segments NO_SEGMENT_VALUE, weight 1, respondent the encounter's own number, …" */
static void new_row_is_empty(void **state)
{
    (void)state;
    struct study study = full_study();
    struct answers_builder *builder;
    struct answers_row row;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    for (uint32_t i = 0; i < ANSWERS_CHUNK_ROWS + 2; i++) {
        assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
        assert_int_equal(row.encounter, i);
        assert_int_equal(*row.respondent, i);
        assert_int_equal(*row.cluster, 0);
        assert_true(*row.weight == INT64_C(1) << WEIGHT_FRACTION_BITS);
        for (uint32_t slot = 0; slot < 3; slot++)
            assert_int_equal(answers_row_get(&row, slot), 0);
        assert_int_equal(row.segments[0], NO_SEGMENT_VALUE);
        assert_int_equal(row.segments[1], NO_SEGMENT_VALUE);
        for (uint32_t dimension = 0; dimension < 3; dimension++)
            assert_true(row.points[dimension] == -1);
        assert_true(outcome_get(row.outcomes, row.outcome_places[0]) == INT64_MIN);
        /* Whatever is written here must not reach the rows that follow. */
        answers_row_set(&row, 2, 7);
        row.segments[1] = 3;
        row.points[2] = 5;
        outcome_set(row.outcomes, row.outcome_places[0], 6);
        *row.weight = 8;
        *row.cluster = 9;
    }
}

/* "what the study has no use for is NULL" */
static void unused_arrays_are_null(void **state)
{
    (void)state;
    struct study study = plain_study(small_items);
    struct answers_builder *builder;
    struct answers_row row;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
    assert_null(row.segments);
    assert_null(row.weight);
    assert_null(row.cluster);
    assert_null(row.points);
    assert_null(row.outcomes);
    assert_non_null(row.respondent);
    study.item_count = 0;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
    assert_null(row.codes);
}

static void codes_round_trip(const struct item *items, unsigned code_bytes, uint32_t top)
{
    struct study study = plain_study(items);
    struct answers_builder *builder;
    struct answers_row row;
    const struct answers *answers;
    const uint32_t count = 2 * ANSWERS_CHUNK_ROWS + 17;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
        for (uint32_t slot = 0; slot < 3; slot++)
            answers_row_set(&row, slot, (i * 3 + slot) % (top + 1));
    }
    /* "An encounter that was added before": rows stay where they are while the file grows. */
    answers_at(builder, 5, &row);
    assert_int_equal(row.encounter, 5);
    assert_int_equal(answers_row_get(&row, 1), 16 % (top + 1));
    assert_int_equal(answers_end(&ctx, builder, &answers), STATUS_OK);
    assert_int_equal(answers->code_bytes, code_bytes);
    assert_int_equal(answers->encounter_count, count);
    assert_int_equal(answers->respondent_count, count);
    assert_int_equal(answers->chunk_count, 3);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t slot = 0; slot < 3; slot++)
            assert_int_equal(answers_code(answers, i, slot), (i * 3 + slot) % (top + 1));
    }
}

/* "An answer is one code in one or two bytes for the whole study" */
static void codes_read_back(void **state)
{
    (void)state;
    codes_round_trip(small_items, 1, 7);
    codes_round_trip(large_items, 2, 300);
}

/* "the same text has the same number"; "Keys are numbered in the order of arrival" */
static void texts_have_numbers(void **state)
{
    (void)state;
    struct study study = full_study();
    struct answers_builder *builder;
    const struct answers *answers;
    uint16_t value;
    uint32_t number;
    bool fresh;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    const char *branches[] = {"Oslo", "Bergen", "Oslo", ""};
    const uint16_t branch_numbers[] = {0, 1, 0, 2};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(answers_segment_value(&ctx, builder, 0, span_of(branches[i]), &value), STATUS_OK);
        assert_int_equal(value, branch_numbers[i]);
    }
    assert_int_equal(answers_segment_value(&ctx, builder, 1, span_of("f"), &value), STATUS_OK);
    assert_int_equal(value, 0);
    assert_int_equal(answers_cluster(&ctx, builder, span_of("north"), &number), STATUS_OK);
    assert_int_equal(answers_cluster(&ctx, builder, span_of("south"), &number), STATUS_OK);
    assert_int_equal(number, 1);
    const char *ids[] = {"x", "y", "x"};
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(answers_respondent(&ctx, builder, span_of(ids[i]), &number, &fresh), STATUS_OK);
        assert_int_equal(number, i % 2);
        assert_int_equal(fresh, i < 2);
        assert_int_equal(answers_key(&ctx, builder, span_of(ids[i]), &number, &fresh), STATUS_OK);
        assert_int_equal(number, i % 2);
        assert_int_equal(fresh, i < 2);
    }
    assert_int_equal(answers_end(&ctx, builder, &answers), STATUS_OK);
    assert_int_equal(answers->segment_value_count[0], 3);
    assert_int_equal(answers->segment_value_count[1], 1);
    assert_string_equal(answers->segment_values[0][1], "Bergen");
    assert_string_equal(answers->segment_values[1][0], "f");
    assert_int_equal(answers->cluster_count, 2);
    assert_string_equal(answers->cluster_names[1], "south");
    assert_int_equal(answers->respondent_count, 2);
}

/* "Adds new encounters, at most so many, as far as the last chunk or a new one has room" */
static void rows_are_appended(void **state)
{
    (void)state;
    struct study study = full_study();
    struct answers_builder *builder;
    struct answers_row row, again;
    struct answers_piece piece;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
    assert_int_equal(answers_append(&ctx, builder, 7, &piece), STATUS_OK);
    assert_int_equal(piece.at, 1);
    assert_int_equal(piece.count, 7);
    assert_int_equal(piece.encounter, 1);
    assert_int_equal(answers_append(&ctx, builder, 2 * ANSWERS_CHUNK_ROWS, &piece), STATUS_OK);
    assert_int_equal(piece.at, 8);
    assert_int_equal(piece.count, ANSWERS_CHUNK_ROWS - 8);
    assert_int_equal(answers_append(&ctx, builder, 3, &piece), STATUS_OK);
    assert_int_equal(piece.at, 0);
    assert_int_equal(piece.encounter, ANSWERS_CHUNK_ROWS);
    piece.chunk.weights[2] = 77;
    answers_at(builder, ANSWERS_CHUNK_ROWS + 2, &again);
    assert_int_equal(*again.weight, 77);
    /* the next single row is blank, though its chunk came with others */
    assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
    assert_int_equal(row.encounter, ANSWERS_CHUNK_ROWS + 3);
    assert_int_equal(*row.respondent, row.encounter);
    assert_int_equal(*row.weight, INT64_C(1) << 40);
    assert_int_equal(row.segments[0], NO_SEGMENT_VALUE);
}

/* Fills an array of a chunk with what only this chunk and array have, or finds it there. */
static void stamp(void *array, size_t bytes, uint32_t chunk, unsigned which, bool check)
{
    unsigned char *at = array;
    assert_non_null(array);
    for (size_t i = 0; i < bytes; i += 97) {
        const unsigned char mark = (unsigned char)(chunk * 7 + which * 31 + i);
        assert_true(!check || at[i] == mark);
        at[i] = mark;
    }
}

/* Chunks of a large file are cut from common memory: each byte belongs to one array, and is 0 before it is written. */
static void chunks_do_not_touch(void **state)
{
    (void)state;
    enum { CHUNKS = 70 };
    struct study study = full_study();
    struct answers_builder *builder;
    struct answers_piece pieces[CHUNKS];
    uint32_t slots = 0;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    for (uint32_t i = 0; i < (uint32_t)STANDARD_COUNT * study.item_count; i++)
        slots += answers_builder_slots(builder)[i] != NO_SLOT;
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t c = 0; c < CHUNKS; c++) {
            const size_t rows = ANSWERS_CHUNK_ROWS;
            if (pass == 0)
                assert_int_equal(answers_append(&ctx, builder, ANSWERS_CHUNK_ROWS, &pieces[c]), STATUS_OK);
            assert_true(pieces[c].at == 0 && pieces[c].count == rows);
            const struct answers_chunk *chunk = &pieces[c].chunk;
            assert_true(pass > 0 || (chunk->weights[rows - 1] == 0 && chunk->segments[0] == 0 && chunk->respondents[5] == 0));
            stamp(chunk->codes, rows * slots * study_code_bytes(&study), c, 0, pass > 0);
            stamp(chunk->segments, rows * study.columns.segment_count * sizeof *chunk->segments, c, 1, pass > 0);
            stamp(chunk->weights, rows * sizeof *chunk->weights, c, 2, pass > 0);
            stamp(chunk->respondents, rows * sizeof *chunk->respondents, c, 3, pass > 0);
        }
    }
}

/* "STATUS_DATA when SEGMENT_VALUES_MAX is reached" */
static void too_many_segment_values_are_refused(void **state)
{
    (void)state;
    struct study study = full_study();
    struct answers_builder *builder;
    uint16_t value;
    char text[16];
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    for (unsigned i = 0; i < SEGMENT_VALUES_MAX; i++) {
        int length = snprintf(text, sizeof text, "%u", i);
        assert_int_equal(answers_segment_value(&ctx, builder, 1, (struct span){text, (size_t)length}, &value), STATUS_OK);
        assert_int_equal(value, i);
        assert_true(value != NO_SEGMENT_VALUE);
    }
    assert_int_equal(answers_segment_value(&ctx, builder, 1, span_of("one more"), &value), STATUS_DATA);
    assert_non_null(strstr(ctx.error.sentence, "\"sex\""));
}

/* "sorted by encounter and slot, one per slot, only where the code is 0" */
static void marks_are_settled(void **state)
{
    (void)state;
    struct study study = plain_study(small_items);
    struct answers_builder *builder;
    struct answers_row row;
    const struct answers *answers;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
    answers_row_set(&row, 0, 4);
    const struct missing_mark given[] = {{2, 1, MISSING_DECLARED}, {0, 2, MISSING_NOT_ASKED}, {0, 1, MISSING_DECLARED},
                                         {2, 0, MISSING_DECLARED}, {2, 1, MISSING_DECLARED},  {1, 1, MISSING_SKIPPED}};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        assert_int_equal(answers_mark_missing(&ctx, builder, given[i].encounter, given[i].slot, (enum missing)given[i].kind),
                         STATUS_OK);
    assert_int_equal(answers_end(&ctx, builder, &answers), STATUS_OK);
    const struct missing_mark settled[] = {{0, 1, MISSING_DECLARED}, {0, 2, MISSING_NOT_ASKED}, {2, 1, MISSING_DECLARED}};
    assert_int_equal(answers->missing_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(answers->missing[i].encounter, settled[i].encounter);
        assert_int_equal(answers->missing[i].slot, settled[i].slot);
        assert_int_equal(answers->missing[i].kind, settled[i].kind);
    }
}

/* "the same sentence is held once" */
static void notes_are_kept_once(void **state)
{
    (void)state;
    const struct note_word latin[] = {note_text("file", "a.csv"), note_text("encoding", "Latin-1"), {.name = NULL}};
    struct study study = plain_study(small_items);
    struct answers_builder *builder;
    const struct answers *answers;
    assert_int_equal(answers_begin(&ctx, &study, &builder), STATUS_OK);
    assert_int_equal(answers_note(&ctx, builder, "note.design.weighted", NULL), STATUS_OK);
    assert_int_equal(answers_note(&ctx, builder, "note.reading.encoding", latin), STATUS_OK);
    assert_int_equal(answers_note(&ctx, builder, "note.design.weighted", NULL), STATUS_OK);
    assert_int_equal(answers_end(&ctx, builder, &answers), STATUS_OK);
    assert_int_equal(answers->note_count, 2);
    assert_string_equal(answers->notes[1].english, "a.csv was read as Latin-1 text.");
}

static enum status build_some(const struct study *study)
{
    struct answers_builder *builder;
    struct answers_row row;
    const struct answers *answers;
    uint16_t value;
    uint32_t number;
    bool fresh;
    enum status status = answers_begin(&ctx, study, &builder);
    for (int i = 0; i < 3 && status == STATUS_OK; i++) {
        char id[2] = {(char)('a' + i), '\0'};
        status = answers_add(&ctx, builder, &row);
        if (status == STATUS_OK)
            status = answers_segment_value(&ctx, builder, 0, span_of(id), &value);
        if (status == STATUS_OK)
            status = answers_respondent(&ctx, builder, span_of(id), &number, &fresh);
        if (status == STATUS_OK)
            status = answers_cluster(&ctx, builder, span_of(id), &number);
        if (status == STATUS_OK)
            status = answers_key(&ctx, builder, span_of(id), &number, &fresh);
        if (status == STATUS_OK)
            status = answers_mark_missing(&ctx, builder, row.encounter, 0, MISSING_DECLARED);
        if (status == STATUS_OK)
            status = answers_note(&ctx, builder, "note.design.weighted", NULL);
    }
    return status == STATUS_OK ? answers_end(&ctx, builder, &answers) : status;
}

/* Every allocation may fail: STATUS_MEMORY, and nothing is lost (the leak sanitizer looks). */
static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct study study = full_study();
    for (uint64_t k = 1; k < 1000; k++) {
        ctx = (struct ctx){0};
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        memory_fail_at(k, false);
        enum status status = build_some(&study);
        memory_fail_at(0, false);
        arena_destroy(ctx.arena);
        if (status == STATUS_OK) {
            assert_true(k > 5);
            return;
        }
        assert_int_equal(status, STATUS_MEMORY);
    }
    fail_msg("the building never ended");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(slots_only_for_what_was_asked, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(new_row_is_empty, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(unused_arrays_are_null, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(codes_read_back, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(texts_have_numbers, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(rows_are_appended, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(chunks_do_not_touch, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(too_many_segment_values_are_refused, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(marks_are_settled, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(notes_are_kept_once, open_arena, close_arena),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
