/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Everything is checked before it is used": packs that were cut, changed, or made to do harm. */
#include "formats/packed_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "formats/csv_read.h"
#include "support/csv_studies.h"
#include "support/packed_mend.h"

static const char damaged[] =
    "The pack answers.pack is damaged, so nothing of it is used; make it anew with `gapmeter pack` from "
    "the file that it was made of.";

static const char *const texts[CSV_STUDY_COUNT] = {
    [CSV_STUDY_FULL] = "id,shop,w,h1,h2,p1,p2,branch,sex,sat,eur,i1,i2\nzoe,s1,0.5,1,2,3,4,north,f,10,-12.25,40,60\n"
                       "amy,s2,1,-99,9,3,4,,,,,,\n",
    [CSV_STUDY_VISITS] =
        "id,visit,h1,h2,p1,p2\n1,a,1,2,3,4\n1,b,2,2,2,2\n2,c,1,1,1,1\n3,d,1,1,1,1\n4,e,1,1,1,1\n7,f,1,1,1,1\n8,g,1,1,1,1\n",
    [CSV_STUDY_JOURNEY] = "case,what,at,no,r,branch,sat\nk1,till,2024-03-09 10:00,1,7,north,3\nk1,exit,2024-03-09 "
                          "10:20,2,,north,3\nk2,till,2024-03-08,5,Agree,south,\n",
};

/* The pack of a file, of exactly as many bytes as it has. */
static unsigned char *pack_of(struct ctx *ctx, enum csv_study study, struct span text, size_t *length)
{
    const struct csv_request request = {.openings = {{.path = "answers.csv", .bytes = &text}}, .count = 1};
    const struct answers *answers;
    struct problems problems;
    struct span bytes;
    assert_int_equal(problems_init(ctx, &problems, false), STATUS_OK);
    assert_int_equal(csv_read(ctx, &request, &csv_studies[study], &problems, &answers), STATUS_OK);
    assert_int_equal(packed_into_memory(ctx, answers, &bytes), STATUS_OK);
    unsigned char *exact = malloc(bytes.length);
    assert_non_null(exact);
    memcpy(exact, bytes.at, bytes.length);
    *length = bytes.length;
    return exact;
}

static unsigned char *pack_make(struct ctx *ctx, enum csv_study study, size_t *length)
{
    return pack_of(ctx, study, span_of(texts[study]), length);
}

/* Reads bytes in an arena of their own.
 * gives   *sentence  of what was wrong */
static enum status try(const unsigned char *bytes, size_t length, enum csv_study study, char sentence[768])
{
    struct ctx ctx = {0};
    enum packed_age age;
    const struct answers *answers = NULL;
    const struct span whole = {(const char *)bytes, length};
    const struct packed_request request = {.path = "answers.pack", .bytes = &whole};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    enum status status = packed_read(&ctx, &request, &csv_studies[study], &age, &answers);
    assert_int_equal(status == STATUS_OK, answers != NULL);
    memcpy(sentence, ctx.error.sentence, sizeof ctx.error.sentence);
    arena_destroy(ctx.arena);
    return status;
}

/* Every byte of a small pack. */
static void no_flipped_bit_goes_unseen(void **state)
{
    (void)state;
    static const enum csv_study studies[] = {CSV_STUDY_FULL, CSV_STUDY_JOURNEY};
    for (size_t s = 0; s < sizeof studies / sizeof *studies; s++) {
        struct ctx ctx = {0};
        char sentence[768];
        size_t length;
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        unsigned char *bytes = pack_make(&ctx, studies[s], &length);
        assert_int_equal(try(bytes, length, studies[s], sentence), STATUS_OK);
        for (size_t i = 0; i < length; i++) {
            const unsigned char bit = (unsigned char)(1u << (i % 8));
            bytes[i] ^= bit;
            assert_int_equal(try(bytes, length, studies[s], sentence), STATUS_DATA);
            /* The magic and the version say what else it may be. */
            if (i >= 12)
                assert_string_equal(sentence, damaged);
            bytes[i] ^= bit;
        }
        free(bytes);
        arena_destroy(ctx.arena);
    }
}

static void every_cut_is_seen(void **state)
{
    (void)state;
    struct ctx ctx = {0};
    char sentence[768];
    size_t length;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    unsigned char *bytes = pack_make(&ctx, CSV_STUDY_FULL, &length);
    for (size_t cut = 0; cut < length; cut++) {
        unsigned char *exact = malloc(cut + 1);
        assert_non_null(exact);
        memcpy(exact + 1, bytes, cut);
        assert_int_equal(try(exact + 1, cut, CSV_STUDY_FULL, sentence), STATUS_DATA);
        if (cut >= 12)
            assert_string_equal(sentence, damaged);
        free(exact);
    }
    unsigned char *longer = malloc(length + 1);
    assert_non_null(longer);
    memcpy(longer, bytes, length);
    longer[length] = 0;
    assert_int_equal(try(longer, length + 1, CSV_STUDY_FULL, sentence), STATUS_DATA);
    assert_string_equal(sentence, damaged);
    free(longer);
    free(bytes);
    arena_destroy(ctx.arena);
}

static void other_files_and_versions_are_named(void **state)
{
    (void)state;
    struct ctx ctx = {0};
    char sentence[768];
    size_t length;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    unsigned char *bytes = pack_make(&ctx, CSV_STUDY_FULL, &length);
    assert_int_equal(try((const unsigned char *)"h1,h2,p1,p2\n", 12, CSV_STUDY_FULL, sentence), STATUS_DATA);
    assert_string_equal(sentence, "answers.pack is no pack of answers; `gapmeter pack` makes one.");
    bytes[8]++;
    assert_int_equal(try(bytes, length, CSV_STUDY_FULL, sentence), STATUS_DATA);
    assert_string_equal(sentence, "The pack answers.pack was made by another version of gapmeter, which packs differently; make "
                                  "it anew with `gapmeter pack`.");
    bytes[8]--;
    /* The same layout, but another program: what it made of cells may differ. */
    bytes[96] = '9';
    little_put(bytes + 252, crc32c(0, bytes, 252), 4);
    assert_int_equal(try(bytes, length, CSV_STUDY_FULL, sentence), STATUS_DATA);
    assert_non_null(strstr(sentence, "another version of gapmeter"));
    free(bytes);
    arena_destroy(ctx.arena);
}

/* What tables are made of is within what the study may have, or nothing is given. */
static void assert_in_bounds(const struct answers *answers)
{
    const struct columns *columns = &answers->study->columns;
    for (uint32_t i = 0; i < answers->encounter_count; i++) {
        const struct answers_chunk *chunk = &answers->chunks[i / ANSWERS_CHUNK_ROWS];
        const uint32_t at = i % ANSWERS_CHUNK_ROWS;
        for (uint32_t slot = 0; slot < answers->slot_count; slot++)
            assert_in_range(answers_code(answers, i, slot), 0, 5);
        assert_true(answers_respondent_of(answers, i) < answers->respondent_count);
        assert_true(chunk->clusters == NULL || chunk->clusters[at] < answers->cluster_count);
        assert_true(chunk->weights == NULL || chunk->weights[at] > 0);
        for (uint32_t s = 0; s < columns->segment_count; s++) {
            const uint16_t value = chunk->segments[at * columns->segment_count + s];
            assert_true(value == NO_SEGMENT_VALUE || value < answers->segment_value_count[s]);
        }
    }
    for (uint64_t i = 0; i < answers->missing_count; i++)
        assert_true(answers->missing[i].encounter < answers->encounter_count && answers->missing[i].slot < answers->slot_count);
    for (uint64_t i = 0; i < answers->moment_count; i++)
        assert_true(answers->moments[i].encounter < answers->encounter_count &&
                    answers->moments[i].touchpoint < answers->touchpoint_count && answers->moments[i].code <= 7);
}

/* Changed bytes whose checksums are right: they are refused, or are answers that a file could hold. The address sanitizer sees the rest. */
static void harmful_packs_do_no_harm(void **state)
{
    (void)state;
    static const enum csv_study studies[] = {CSV_STUDY_FULL, CSV_STUDY_JOURNEY};
    static const unsigned char bytes_tried[] = {0x00, 0x01, 0x7F, 0x80, 0xFF};
    uint32_t refused = 0, taken = 0;
    for (size_t s = 0; s < sizeof studies / sizeof *studies; s++) {
        struct ctx ctx = {0};
        size_t length;
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        unsigned char *good = pack_make(&ctx, studies[s], &length), *bytes = malloc(length);
        assert_non_null(bytes);
        for (size_t i = 0; i < length * sizeof bytes_tried; i++) {
            const size_t at = i / sizeof bytes_tried;
            struct ctx own = {0};
            enum packed_age age;
            const struct answers *answers = NULL;
            const struct span whole = {(const char *)bytes, length};
            const struct packed_request request = {.path = "answers.pack", .bytes = &whole};
            /* Zeros between the parts need no more than a few tries. */
            if (good[at] == 0 && at % 16 != 0)
                continue;
            memcpy(bytes, good, length);
            bytes[at] = bytes_tried[i % sizeof bytes_tried];
            assert_int_equal(arena_create(NULL, &own.arena), STATUS_OK);
            packed_mend(&own, bytes, length, &csv_studies[studies[s]]);
            enum status status = packed_read(&own, &request, &csv_studies[studies[s]], &age, &answers);
            assert_true(status == STATUS_OK || status == STATUS_DATA);
            refused += status == STATUS_DATA;
            taken += status == STATUS_OK;
            if (answers != NULL)
                assert_in_bounds(answers);
            arena_destroy(own.arena);
        }
        free(bytes);
        free(good);
        arena_destroy(ctx.arena);
    }
    assert_in_range(refused, 500, UINT32_MAX);
    assert_in_range(taken, 100, UINT32_MAX);
}

/* Bytes of a pack that are replaced before its checksums are made right. */
static enum status with_bytes(enum csv_study study, const void *from, const void *to, size_t count)
{
    struct ctx ctx = {0};
    char sentence[768];
    size_t length;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    unsigned char *bytes = pack_make(&ctx, study, &length);
    unsigned char *at = memmem(bytes, length, from, count);
    assert_non_null(at);
    memcpy(at, to, count);
    packed_mend(&ctx, bytes, length, &csv_studies[study]);
    enum status status = try(bytes, length, study, sentence);
    free(bytes);
    arena_destroy(ctx.arena);
    return status;
}

static enum status with_text(enum csv_study study, const char *from, const char *to)
{
    assert_int_equal(strlen(from), strlen(to));
    return with_bytes(study, from, to, strlen(from));
}

/* Runs of respondents that are not as many as there are, and missing answers that are not missing or out of order. */
static void lists_that_contradict_are_refused(void **state)
{
    (void)state;
    static const unsigned char run[] = {7, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0}, more[] = {7, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0},
                               fewer[] = {7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0}, none[] = {7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
                               again[] = {4, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0}, other[] = {9, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0};
    assert_int_equal(with_bytes(CSV_STUDY_VISITS, run, other, sizeof run), STATUS_OK);
    assert_int_equal(with_bytes(CSV_STUDY_VISITS, run, more, sizeof run), STATUS_DATA);
    assert_int_equal(with_bytes(CSV_STUDY_VISITS, run, fewer, sizeof run), STATUS_DATA);
    assert_int_equal(with_bytes(CSV_STUDY_VISITS, run, none, sizeof run), STATUS_DATA);
    assert_int_equal(with_bytes(CSV_STUDY_VISITS, run, again, sizeof run), STATUS_DATA);
    static const unsigned char marks[] = {1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 2},
                               turned[] = {1, 0, 0, 0, 1, 0, 2, 1, 0, 0, 0, 0, 0, 1},
                               answered[] = {1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 2, 0, 2},
                               kinds[] = {1, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 1, 0, 1},
                               twice[] = {1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 2};
    assert_int_equal(with_bytes(CSV_STUDY_FULL, marks, kinds, sizeof marks), STATUS_OK);
    assert_int_equal(with_bytes(CSV_STUDY_FULL, marks, turned, sizeof marks), STATUS_DATA);
    assert_int_equal(with_bytes(CSV_STUDY_FULL, marks, answered, sizeof marks), STATUS_DATA);
    assert_int_equal(with_bytes(CSV_STUDY_FULL, marks, twice, sizeof marks), STATUS_DATA);
}

/* Blocks of the same form in each other's place. */
static void blocks_that_changed_places_are_seen(void **state)
{
    (void)state;
    enum { ROWS = 2 * 4096 };
    struct ctx ctx = {0};
    char sentence[768], *text = malloc(ROWS * 8 + 16);
    assert_non_null(text);
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    size_t length = strlen("h1,h2,p1,p2\n");
    memcpy(text, "h1,h2,p1,p2\n", length);
    for (unsigned row = 0; row < ROWS; row++, length += 8)
        memcpy(text + length, row % 3 == 0 ? "1,2,3,4\n" : row % 7 == 0 ? "5,5,5,5\n" : "2,2,4,1\n", 8);
    unsigned char *bytes = pack_of(&ctx, CSV_STUDY_PLAIN, (struct span){text, length}, &length);
    assert_int_equal(try(bytes, length, CSV_STUDY_PLAIN, sentence), STATUS_OK);
    const size_t block = (length - 4096) / 2;
    unsigned char *swapped = malloc(length);
    assert_non_null(swapped);
    memcpy(swapped, bytes, 4096);
    memcpy(swapped + 4096, bytes + 4096 + block, block);
    memcpy(swapped + 4096 + block, bytes + 4096, block);
    assert_int_equal(try(swapped, length, CSV_STUDY_PLAIN, sentence), STATUS_DATA);
    assert_string_equal(sentence, damaged);
    free(swapped);
    free(bytes);
    free(text);
    arena_destroy(ctx.arena);
}

/* What no file of answers could give: texts that are no text, notes that nobody could say, touchpoints out of order, one value twice. */
static void texts_that_cannot_be_are_refused(void **state)
{
    (void)state;
    assert_int_equal(with_text(CSV_STUDY_FULL, "north", "south"), STATUS_OK);
    assert_int_equal(with_text(CSV_STUDY_FULL, "north", "n\xFFrth"), STATUS_DATA);
    assert_int_equal(with_text(CSV_STUDY_JOURNEY, "till", "exis"), STATUS_DATA);
    assert_int_equal(with_text(CSV_STUDY_JOURNEY, "exit", "till"), STATUS_DATA);
    assert_int_equal(with_text(CSV_STUDY_JOURNEY, "note.reading.journeys", "note.reading.journals"), STATUS_DATA);
    assert_int_equal(with_text(CSV_STUDY_JOURNEY, "touchpoints", "touchpaints"), STATUS_DATA);
    assert_int_equal(with_text(CSV_STUDY_JOURNEY, "north", "south"), STATUS_DATA);
}

/* Each allocation fails once: the answers are there, or the sentence about memory is. */
static void no_memory_is_told(void **state)
{
    (void)state;
    struct ctx ctx = {0};
    char sentence[768];
    size_t length, failures = 0;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    unsigned char *bytes = pack_make(&ctx, CSV_STUDY_JOURNEY, &length);
    for (uint64_t k = 2;; k++) {
        memory_fail_at(k, false);
        enum status status = try(bytes, length, CSV_STUDY_JOURNEY, sentence);
        memory_fail_at(0, false);
        if (status == STATUS_OK)
            break;
        assert_int_equal(status, STATUS_MEMORY);
        failures++;
    }
    assert_in_range(failures, 5, 10000);
    free(bytes);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_flipped_bit_goes_unseen),          cmocka_unit_test(every_cut_is_seen),
        cmocka_unit_test(other_files_and_versions_are_named),  cmocka_unit_test(harmful_packs_do_no_harm),
        cmocka_unit_test(texts_that_cannot_be_are_refused),    cmocka_unit_test(lists_that_contradict_are_refused),
        cmocka_unit_test(blocks_that_changed_places_are_seen), cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
