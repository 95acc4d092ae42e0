/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/limits.h"
#include "base/memory.h"
#include "formats/csv_read.h"
#include "model/format.h"
#include "support/answers_dump.h"
#include "support/csv_cases.h"
#include "support/scratch_folder.h"

enum { DUMP_BYTES = 4096 };

extern const struct format format_csv;
static struct ctx ctx;
static struct problems problems;
static const struct answers *answers;

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
    ctx.arena = NULL;
    return 0;
}

static enum status read_bytes(struct span bytes, const struct study *study, size_t block_bytes)
{
    struct csv_request request = {.openings = {{.path = "cases.csv", .bytes = &bytes, .block_bytes = block_bytes}}, .count = 1};
    assert_int_equal(problems_init(&ctx, &problems, true), STATUS_OK);
    return csv_read(&ctx, &request, study, &problems, &answers);
}

static void assert_notes_hold(const struct csv_case *each)
{
    if (each->sentence == NULL) {
        assert_int_equal(answers->note_count, 0);
    } else {
        /* journeys are counted in a note of their own */
        assert_true(answers->note_count == 1 || answers->moments != NULL);
        assert_non_null(strstr(answers->notes[answers->note_count - 1].english, each->sentence));
    }
}

/* Reads a case's bytes, packed or not, and compares what came out with what the table says. */
static void assert_case(const struct csv_case *each, struct span bytes, size_t block_bytes)
{
    char dump[DUMP_BYTES];
    enum status status = read_bytes(bytes, &csv_studies[each->study], block_bytes);
    if (each->answers != NULL) {
        if (status != STATUS_OK)
            fail_msg("%s: %s", each->name, ctx.error.sentence);
        answers_dump(answers, dump, sizeof dump);
        assert_string_equal(dump, each->answers);
        assert_int_equal(problems.total, 0);
        assert_notes_hold(each);
        return;
    }
    /* "with any [problems], no answers are given" */
    assert_null(answers);
    problems_dump(&problems, dump, sizeof dump);
    assert_string_equal(dump, each->problems == NULL ? "" : each->problems);
    assert_true(status == STATUS_DATA || status == STATUS_CONFIG);
    if (each->sentence != NULL && strstr(ctx.error.sentence, each->sentence) == NULL)
        fail_msg("%s: \"%s\" does not say \"%s\"", each->name, ctx.error.sentence, each->sentence);
}

/* The table, and the law that the size of the blocks does not matter. */
static void every_case_in_blocks_of_any_size(void **state)
{
    (void)state;
    static const size_t blocks[] = {0, 1, 2, 3, 5, 16, 64};
    for (size_t i = 0; i < CSV_CASE_COUNT; i++) {
        for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++) {
            /* Bytes of their exact length, so that the address sanitizer sees one too many. */
            char *exact = malloc(csv_cases[i].length + 1);
            assert_non_null(exact);
            memcpy(exact + 1, csv_cases[i].bytes, csv_cases[i].length);
            assert_case(&csv_cases[i], (struct span){exact + 1, csv_cases[i].length}, blocks[k]);
            free(exact);
            (void)close_arena(NULL);
            assert_int_equal(open_arena(NULL), 0);
        }
    }
}

static struct span gzip(struct span bytes)
{
    static char packed[1 << 16];
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    memcpy(&stream.next_in, &bytes.at, sizeof stream.next_in);
    stream.avail_in = (unsigned)bytes.length;
    stream.next_out = (unsigned char *)packed;
    stream.avail_out = sizeof packed;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    struct span out = {packed, (size_t)stream.total_out};
    (void)deflateEnd(&stream);
    return out;
}

static struct span zstd(struct span bytes)
{
    static char packed[1 << 16];
    size_t length = ZSTD_compress(packed, sizeof packed, bytes.at, bytes.length, 3);
    assert_false(ZSTD_isError(length));
    return (struct span){packed, length};
}

/* gzip and zstd: the same answers as the plain file, also when packed pieces follow one another. */
static void packed_files_read_as_plain_ones(void **state)
{
    (void)state;
    for (size_t i = 0; i < CSV_CASE_COUNT; i++) {
        struct span bytes = {csv_cases[i].bytes, csv_cases[i].length};
        assert_case(&csv_cases[i], gzip(bytes), i % 3);
        assert_case(&csv_cases[i], zstd(bytes), i % 3);
        char twice[1 << 12];
        struct span first = gzip((struct span){bytes.at, bytes.length / 2});
        assert_true(first.length < sizeof twice);
        memcpy(twice, first.at, first.length);
        size_t length = first.length;
        struct span second = gzip((struct span){bytes.at + bytes.length / 2, bytes.length - bytes.length / 2});
        assert_true(length + second.length < sizeof twice);
        memcpy(twice + length, second.at, second.length);
        assert_case(&csv_cases[i], (struct span){twice, length + second.length}, 0);
    }
}

/* "packed bytes that are damaged, cut short" */
static void broken_packed_files_are_refused(void **state)
{
    (void)state;
    struct span plain = span_of("h1,h2,p1,p2\n1,2,3,4\n2,3,4,5\n1,1,1,1\n");
    struct span (*const packers[])(struct span) = {gzip, zstd};
    for (size_t i = 0; i < 2; i++) {
        struct span packed = packers[i](plain);
        for (size_t length = 5; length < packed.length; length++) {
            assert_int_equal(read_bytes((struct span){packed.at, length}, &csv_studies[CSV_STUDY_PLAIN], 0), STATUS_DATA);
            assert_non_null(strstr(ctx.error.sentence, "cut short"));
        }
    }
    struct span packed = gzip(plain);
    char broken[256];
    assert_true(packed.length < sizeof broken);
    memcpy(broken, packed.at, packed.length);
    broken[packed.length - 6] ^= 1; /* in the checksum */
    assert_int_equal(read_bytes((struct span){broken, packed.length}, &csv_studies[CSV_STUDY_PLAIN], 0), STATUS_DATA);
    assert_non_null(strstr(ctx.error.sentence, "damaged"));
}

/* "unpack to more than UNPACKED_RATIO_MAX times their size" */
static void bombs_are_refused(void **state)
{
    (void)state;
    const size_t size = (size_t)UNPACKED_BYTES_FREE + (1u << 20);
    static const char header[] = "why,h1,h2,p1,p2\n", end[] = ",1,2,3,4\n";
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, 'x', size);
    memcpy(text, header, sizeof header - 1);
    for (size_t row = 4096; row < size; row += 4096)
        memcpy(text + row - (sizeof end - 1), end, sizeof end - 1);
    size_t room = ZSTD_compressBound(size);
    char *packed = malloc(room);
    assert_non_null(packed);
    size_t length = ZSTD_compress(packed, room, text, size, 1);
    assert_false(ZSTD_isError(length));
    assert_int_equal(read_bytes((struct span){packed, length}, &csv_studies[CSV_STUDY_PLAIN], 0), STATUS_DATA);
    assert_non_null(strstr(ctx.error.sentence, "times its size"));
    free(packed);
    free(text);
}

/* "(row, column header, value, accepted "1–5, or a missing code: NA, -99") with the advice line to paste" */
static void a_problem_says_what_is_accepted(void **state)
{
    (void)state;
    struct span bytes = span_of("h1,h2,p1,p2\n1,8,3,4\n1,2,\"a \"\"b\"\"\",4\n");
    assert_int_equal(read_bytes(bytes, &csv_studies[CSV_STUDY_PLAIN], 0), STATUS_DATA);
    assert_int_equal(problems.total, 2);
    assert_string_equal(problems.kept[0].place.file, "cases.csv");
    assert_string_equal(problems.kept[0].place.column, "h2");
    assert_int_equal(problems.kept[0].place.row, 2);
    assert_string_equal(problems.kept[0].value, "8");
    assert_string_equal(problems.kept[0].accepted, "1–5, or a missing code: NA, -99, 9");
    assert_string_equal(problems.kept[0].advice, "\"8\": \"declared\"");
    assert_string_equal(problems.kept[1].advice, "\"a \\\"b\\\"\": \"declared\"");
    assert_non_null(strstr(ctx.error.sentence, "2 problems"));
    assert_int_equal(read_bytes(span_of("h1,h2,p1,p2\n1,8,3,4\n"), &csv_studies[CSV_STUDY_PLAIN], 0), STATUS_DATA);
    assert_non_null(strstr(ctx.error.sentence, "row 2, column h2: 8 is outside the scale"));
    /* A duplicate cites both rows, never a person's key. */
    bytes = span_of("id,visit,h1,h2,p1,p2\nsecret,1,1,2,3,4\n\nsecret,1,1,2,3,4\n");
    assert_int_equal(read_bytes(bytes, &csv_studies[CSV_STUDY_VISITS], 0), STATUS_DATA);
    assert_int_equal(problems.kept[0].place.row, 4);
    assert_non_null(strstr(problems.kept[0].accepted, "row 2"));
    assert_null(strstr(ctx.error.sentence, "secret"));
}

/* "check counts all; others stop after 20" */
static void others_stop_after_twenty_problems(void **state)
{
    (void)state;
    char bytes[2048] = "h1,h2,p1,p2\n";
    size_t length = strlen(bytes);
    for (int i = 0; i < 60; i++, length += 8)
        memcpy(bytes + length, "8,2,3,4\n", 9);
    struct span text = {bytes, length};
    struct csv_request request = {.openings = {{.path = "x.csv", .bytes = &text}}, .count = 1};
    for (int all = 0; all < 2; all++) {
        assert_int_equal(problems_init(&ctx, &problems, all == 1), STATUS_OK);
        assert_int_equal(csv_read(&ctx, &request, &csv_studies[CSV_STUDY_PLAIN], &problems, &answers), STATUS_DATA);
        assert_int_equal(problems.total, all == 1 ? 60 : PROBLEMS_LISTED);
        assert_null(answers);
    }
}

/* Every allocation may fail: STATUS_MEMORY, and nothing is lost (the leak sanitizer looks). */
static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct span bytes =
        span_of("id,h1,h2,p1,p2,w,shop,branch,sex,sat,eur,i1,i2\n\"a\",1,2,3,4,1.5,s1,\xD6slo,f,7,12.345,60,40\n");
    struct span packed = gzip(bytes);
    for (uint64_t k = 1; k < 1000; k++) {
        (void)close_arena(NULL);
        assert_int_equal(open_arena(NULL), 0);
        struct csv_request request = {.openings = {{.path = "x.csv", .bytes = &packed}}, .count = 1};
        assert_int_equal(problems_init(&ctx, &problems, false), STATUS_OK);
        memory_fail_at(k, false);
        enum status status = csv_read(&ctx, &request, &csv_studies[CSV_STUDY_FULL], &problems, &answers);
        memory_fail_at(0, false);
        if (status == STATUS_OK) {
            assert_true(k > 10);
            return;
        }
        assert_int_equal(status, STATUS_MEMORY);
        assert_null(answers);
    }
    fail_msg("the reading never ended");
}

/* "Long layout where respondent is null is refused by a sentence" */
static void long_rows_need_a_respondent(void **state)
{
    (void)state;
    struct study study = csv_studies[CSV_STUDY_LONG];
    study.columns.respondent = NULL;
    struct span bytes = span_of("id,item,what,value,branch\na,q1,E,1,x\n");
    assert_int_equal(read_bytes(bytes, &study, 0), STATUS_CONFIG);
    assert_non_null(strstr(ctx.error.sentence, "names no respondent column"));
    /* An encounter alone says whose answer a row is as well. */
    study.columns.encounter = "id";
    assert_int_equal(read_bytes(bytes, &study, 0), STATUS_OK);
    assert_int_equal(answers->encounter_count, 1);
}

/* What is named twice in the study, or read from one column twice, is read both times. */
static void one_column_may_serve_two_ends(void **state)
{
    (void)state;
    struct study study = csv_studies[CSV_STUDY_PLAIN];
    static const char *const same[] = {"h1", "h1"};
    static const struct segment by_answer[] = {{"h1"}};
    study.columns.of_item[STANDARD_PERCEPTION] = same;
    study.columns.segments = by_answer;
    study.columns.segment_count = 1;
    assert_int_equal(read_bytes(span_of("h2,h1\n2,1\n3,NA\n4,NA\n"), &study, 0), STATUS_OK);
    char dump[DUMP_BYTES];
    answers_dump(answers, dump, sizeof dump);
    assert_string_equal(dump, "1 2 1 1 1 / . 3 . . - / . 4 . . -");
}

static enum status read_path(const char *path, struct scratch *scratch)
{
    struct format_source source = {.path = path};
    (void)scratch;
    assert_int_equal(problems_init(&ctx, &problems, false), STATUS_OK);
    return format_csv.read(&ctx, &source, &csv_studies[CSV_STUDY_PLAIN], &problems, &answers);
}

/* A folder, no such file, no permission: "one clear sentence each with the right STATUS" */
static void files_that_cannot_be_read(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_create(&scratch);
    assert_int_equal(read_path(scratch.folder, &scratch), STATUS_NO_INPUT);
    assert_non_null(strstr(ctx.error.sentence, "is a folder"));
    assert_int_equal(read_path(scratch_path(&scratch, "none.csv"), &scratch), STATUS_NO_INPUT);
    assert_non_null(strstr(ctx.error.sentence, "none.csv was not found"));
    assert_int_equal(read_path(scratch_write(&scratch, "empty.csv", ""), &scratch), STATUS_DATA);
    assert_int_equal(read_path(scratch_write(&scratch, "good.csv", "h1,h2,p1,p2\n1,2,3,4\n"), &scratch), STATUS_OK);
    assert_int_equal(answers->encounter_count, 1);
    const char *closed = scratch_path(&scratch, "good.csv");
    assert_int_equal(chmod(closed, 0), 0);
    if (geteuid() != 0) {
        assert_int_equal(read_path(closed, &scratch), STATUS_PERMISSION);
        assert_non_null(strstr(ctx.error.sentence, "permission"));
    }
    scratch_destroy(&scratch);
}

/* "csv must give STATUS_CANCELLED when ctx->cancel is set" */
static void reading_can_be_cancelled(void **state)
{
    (void)state;
    struct scratch scratch;
    atomic_bool cancel = true;
    scratch_create(&scratch);
    const char *path = scratch_write(&scratch, "good.csv", "h1,h2,p1,p2\n1,2,3,4\n");
    ctx.cancel = &cancel;
    assert_int_equal(read_path(path, &scratch), STATUS_CANCELLED);
    assert_null(answers);
    cancel = false;
    assert_int_equal(read_path(path, &scratch), STATUS_OK);
    scratch_destroy(&scratch);
}

/* "headers and first rows for guess" */
static void a_sample_holds_headers_and_rows(void **state)
{
    (void)state;
    struct scratch scratch;
    struct sample sample;
    scratch_create(&scratch);
    const char *path = scratch_write(&scratch, "a.csv",
                                     " id ;\"h \"\"1\"\"\";\xFC"
                                     "ber\n1;2,5\n3;4;5;6\n7;8,25;9\n");
    assert_int_equal(format_csv.sample(&ctx, path, 2, &sample), STATUS_OK);
    assert_int_equal(sample.delimiter, ';');
    assert_int_equal(sample.decimal_mark, ',');
    assert_string_equal(sample.encoding, "windows-1252");
    assert_int_equal(sample.column_count, 3);
    assert_int_equal(sample.row_count, 2);
    assert_false(sample.whole);
    assert_true(span_is(sample.headers[0], "id"));
    assert_true(span_is(sample.headers[1], "h \"1\""));
    assert_true(span_is(sample.headers[2], "über"));
    assert_true(span_is(sample.cells[1], "2,5"));
    assert_int_equal(sample.cells[2].length, 0);
    assert_true(span_is(sample.cells[5], "5"));
    assert_int_equal(format_csv.sample(&ctx, path, 3, &sample), STATUS_OK);
    assert_int_equal(sample.row_count, 3);
    assert_true(sample.whole);
    scratch_destroy(&scratch);
}

/* "Does the beginning of a file look like this format?" */
static void sniffing_tells_text_from_other_files(void **state)
{
    (void)state;
    assert_true(format_csv.sniff(span_of("a,b\n1,2\n")) > 50);
    assert_true(format_csv.sniff(span_of("a\n1\n")) > 0);
    assert_true(format_csv.sniff(gzip(span_of("a\n1\n"))) > 0);
    assert_int_equal(format_csv.sniff((struct span){"PK\x03\x04", 4}), 0);
    assert_int_equal(format_csv.sniff((struct span){"\0\1\2", 3}), 0);
    assert_int_equal(format_csv.sniff(span_of("")), 0);
}

/* A file of ratings: `high` of 60 rows lie above 5. */
static struct span ratings_make(char *into, size_t size, unsigned high)
{
    size_t length = (size_t)snprintf(into, size, "comfort,overall,eur\n");
    for (unsigned i = 0; i < 60; i++) {
        unsigned rating = i % 10 == 3 && high > i / 10 ? 6 + i / 10 % 5 : 1 + i % 5;
        length += (size_t)snprintf(into + length, size - length, "%u,%u,1\n", 1 + i % 5, rating);
    }
    return (struct span){into, length};
}

/* "two scales mixed in one column": a sentence with how many, which rows begin, and what to do, that every report carries; where
 * the longer scale's answers are problems, one remark says what they have in common */
static void mixed_scales_are_told(void **state)
{
    (void)state;
    char text[2048];
    assert_int_equal(read_bytes(ratings_make(text, sizeof text, 0), &csv_studies[CSV_STUDY_RATED], 0), STATUS_OK);
    assert_int_equal(answers->note_count, 0);
    assert_int_equal(read_bytes(ratings_make(text, sizeof text, 4), &csv_studies[CSV_STUDY_RATED], 0), STATUS_OK);
    assert_int_equal(answers->note_count, 1);
    assert_string_equal(
        answers->notes[0].english,
        "Column \"overall\" seems to mix two scales: 56 answers lie on 0–5 and 4 on 6–10, first in rows 5, 15 and 25; "
        "bring all to one scale in the file, or leave one kind out, before a figure of it is believed.");
    struct outcome shorter[3];
    struct study study = csv_studies[CSV_STUDY_RATED];
    memcpy(shorter, csv_ratings, sizeof shorter);
    shorter[1].scale = csv_ratings[0].scale;
    study.columns.outcomes = shorter;
    assert_int_equal(read_bytes(ratings_make(text, sizeof text, 6), &study, 0), STATUS_DATA);
    assert_int_equal(problems.total, 6);
    assert_string_equal(
        problems.remark,
        "Column \"overall\" seems to mix two scales: 54 answers lie on 1–5 and 6 above it, from 6 to 10, first in row 5; "
        "bring all to one scale in the file, or list the values of one kind as missing of this outcome.");
    assert_non_null(strstr(ctx.error.sentence, problems.remark));
    /* a slip or two are no second scale */
    assert_int_equal(read_bytes(ratings_make(text, sizeof text, 3), &study, 0), STATUS_DATA);
    assert_string_equal(problems.remark, "");
}

/* fuzz/corpus/csv holds the table; with GAPMETER_WRITE_CORPUS it is written. */
static void the_corpus_is_the_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < CSV_CASE_COUNT; i++) {
        char path[512], bytes[4096], found[4096];
        (void)snprintf(path, sizeof path, "%s/fuzz/corpus/csv/%s", GAPMETER_SOURCE_DIR, csv_cases[i].name);
        bytes[0] = (char)csv_cases[i].study;
        memcpy(bytes + 1, csv_cases[i].bytes, csv_cases[i].length);
        FILE *file = fopen(path, getenv("GAPMETER_WRITE_CORPUS") == NULL ? "rb" : "w+b");
        if (file == NULL)
            fail_msg("%s is not there: run csv_test with GAPMETER_WRITE_CORPUS=1", path);
        if (getenv("GAPMETER_WRITE_CORPUS") != NULL)
            assert_int_equal(fwrite(bytes, 1, csv_cases[i].length + 1, file), csv_cases[i].length + 1);
        rewind(file);
        size_t length = fread(found, 1, sizeof found, file);
        (void)fclose(file);
        assert_int_equal(length, csv_cases[i].length + 1);
        assert_memory_equal(found, bytes, length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_case_in_blocks_of_any_size, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(packed_files_read_as_plain_ones, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(broken_packed_files_are_refused, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(bombs_are_refused, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_problem_says_what_is_accepted, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(others_stop_after_twenty_problems, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(long_rows_need_a_respondent, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(one_column_may_serve_two_ends, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(files_that_cannot_be_read, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(reading_can_be_cancelled, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_sample_holds_headers_and_rows, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(mixed_scales_are_told, open_arena, close_arena),
        cmocka_unit_test(sniffing_tells_text_from_other_files),
        cmocka_unit_test(the_corpus_is_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
