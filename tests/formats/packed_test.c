/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Reads answers from a pack: the same as the files gave that it was made of." */
#include "formats/packed_read.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "formats/csv_read.h"
#include "support/answers_dump.h"
#include "support/csv_studies.h"
#include "support/packed_mend.h"
#include "support/scratch_folder.h"

static struct ctx ctx;

static enum status csv_take(struct span bytes, const struct study *study, const struct answers **out)
{
    const struct csv_request request = {.openings = {{.path = "answers.csv", .bytes = &bytes}}, .count = 1};
    struct problems problems;
    assert_int_equal(problems_init(&ctx, &problems, false), STATUS_OK);
    return csv_read(&ctx, &request, study, &problems, out);
}

static void assert_same_words(const struct note_word *a, const struct note_word *b)
{
    for (; a->name != NULL; a++, b++) {
        assert_string_equal(a->name, b->name);
        assert_int_equal(a->kind, b->kind);
        assert_int_equal(a->count, b->count);
        assert_int_equal(a->digits, b->digits);
        assert_int_equal(a->closed, b->closed);
        assert_memory_equal(&a->number, &b->number, sizeof a->number);
        for (size_t i = 0; a->kind == NOTE_LIST && a->texts[i] != NULL; i++)
            assert_string_equal(a->texts[i], b->texts[i]);
    }
    assert_null(b->name);
}

static void assert_same_all(const struct answers *a, const struct answers *b)
{
    assert_same_answers(a, b);
    assert_memory_equal(a->slots, b->slots, (size_t)STANDARD_COUNT * a->study->item_count * sizeof *a->slots);
    assert_int_equal(answers_are_named(a), answers_are_named(b));
    assert_int_equal(a->respondent_run_count, b->respondent_run_count);
    assert_int_equal(a->respondent_marks == NULL, b->respondent_marks == NULL);
    for (uint32_t i = 0; answers_are_named(a) && i < a->respondent_count; i++)
        assert_int_equal(answers_respondent_mark(a, i), answers_respondent_mark(b, i));
    assert_int_equal(a->note_count, b->note_count);
    for (uint32_t i = 0; i < a->note_count; i++) {
        assert_string_equal(a->notes[i].key, b->notes[i].key);
        assert_string_equal(a->notes[i].english, b->notes[i].english);
        assert_same_words(a->notes[i].words, b->notes[i].words);
    }
}

/* Packs answers and reads the pack. */
static const struct answers *round_trip(const struct answers *answers)
{
    const struct answers *read = NULL;
    enum packed_age age;
    struct span bytes;
    assert_int_equal(packed_into_memory(&ctx, answers, &bytes), STATUS_OK);
    const struct packed_request request = {.path = "answers.pack", .bytes = &bytes};
    assert_int_equal(packed_read(&ctx, &request, answers->study, &age, &read), STATUS_OK);
    return read;
}

static bool comes_back(struct span bytes, const struct study *study)
{
    const struct answers *answers = NULL;
    if (csv_take(bytes, study, &answers) != STATUS_OK)
        return false;
    for (ctx.threads = 1; ctx.threads < 4; ctx.threads++)
        assert_same_all(answers, round_trip(answers));
    return true;
}

/* Every file of the corpora of csv, with every study that it can be read by. */
static void all_answers_of_the_corpus_come_back(void **state)
{
    (void)state;
    uint32_t taken[CSV_STUDY_COUNT] = {0};
    static const char *const folders[] = {GAPMETER_SOURCE_DIR "/fuzz/corpus/csv", GAPMETER_SOURCE_DIR "/fuzz/corpus/csv_paths"};
    for (size_t f = 0; f < sizeof folders / sizeof *folders; f++) {
        DIR *folder = opendir(folders[f]);
        assert_non_null(folder);
        for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
            char path[PATH_MAX];
            size_t length;
            (void)snprintf(path, sizeof path, "%s/%s", folders[f], entry->d_name);
            if (entry->d_name[0] == '.')
                continue;
            char *text = scratch_read(path, &length);
            struct arena *outer = ctx.arena;
            assert_int_equal(arena_create(outer, &ctx.arena), STATUS_OK);
            for (size_t study = 0; study < CSV_STUDY_COUNT && length > 0; study++)
                taken[study] += comes_back((struct span){text + 1, length - 1}, &csv_studies[study]);
            arena_destroy(ctx.arena);
            ctx.arena = outer;
            free(text);
        }
        (void)closedir(folder);
    }
    for (size_t study = 0; study < CSV_STUDY_COUNT; study++)
        assert_in_range(taken[study], 1, UINT32_MAX);
}

static void assert_comes_back(const char *text, const struct study *study)
{
    assert_true(comes_back(span_of(text), study));
}

static void what_a_row_can_carry_comes_back(void **state)
{
    (void)state;
    assert_comes_back("h1,h2,p1,p2\n1,2,3,4\n", &csv_studies[CSV_STUDY_PLAIN]);
    assert_comes_back("h1,h2,p1,p2\n1,-99,9,NA\n,,,\n5,5,5,5\n\n\n1,1,1,1\n", &csv_studies[CSV_STUDY_PLAIN]);
    assert_comes_back("id,shop,w,h1,h2,p1,p2,branch,sex,sat,eur,i1,i2\n"
                      "zoe,s1,0.333,1,2,3,4,north,f,10,-12.25,40,60\n"
                      "amy,s2,4194303.5,-99,,3,4,,,,,,\n"
                      "bob,s1,1,1,2,9,4,größer,m,0,4611686018427387.00,0,62.5\n",
                      &csv_studies[CSV_STUDY_FULL]);
    assert_comes_back("case,what,at,no,r,branch,sat\nk1,till,2024-03-09 10:00,1,7,north,3\nk1,exit,2024-03-09 10:20,2,,north,3\n"
                      "k2,till,2024-03-08,5,Agree,south,\n",
                      &csv_studies[CSV_STUDY_JOURNEY]);
}

/* "Every encounter takes bytes": those of a log of moments that asks for nothing else take the numbers of their respondents. */
static void encounters_without_columns_come_back(void **state)
{
    (void)state;
    const struct study log = {.title = "csv",
                              .source = "study.json",
                              .columns = {.layout = LAYOUT_JOURNEY, .encounter = "case", .touchpoint = "what", .time = "at"}};
    assert_comes_back("case,what,at\nk1,till,2024-03-09 10:00\nk2,exit,2024-03-09 10:20\nk1,exit,2024-03-09 10:30\n", &log);
}

/* Codes of two bytes, comments, sources of expectations and arms. */
static void the_rarer_columns_come_back(void **state)
{
    (void)state;
    static const struct scale wide = {.id = "fine", .min = {0, 2}, .max = {1000, 2}, .step = {1, 2}, .steps = 1001};
    static const char *const comments[] = {"why", "else"};
    struct study study = csv_studies[CSV_STUDY_FULL];
    study.scales = &wide;
    study.columns.comments = comments;
    study.columns.comment_count = 2;
    study.columns.sources.list = "from";
    study.columns.arm = "arm";
    study.columns.strata = "area";
    assert_int_equal(study_code_bytes(&study), 2);
    assert_comes_back("id,shop,area,w,h1,h2,p1,p2,branch,sex,sat,eur,i1,i2,why,else,from,arm\n"
                      "3,s1,a,1,0.01,10,7.5,NA,north,f,10,1,40,60,too slow,,staff;price,both\n"
                      "4,s1,b,1,,,,,north,f,,,,,\"a \"\"quote\"\"\nand a line\",\xE2\x82\xAC,,perception_only\n"
                      "5,s2,a,2,1,2,3,4,south,m,,,,,,,friends,\n",
                      &study);
}

struct text {
    char *at;
    size_t length, room;
};

__attribute__((format(printf, 2, 3))) static void put(struct text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int written = vsnprintf(text->at + text->length, text->room - text->length, format, list);
    va_end(list);
    assert_true(written >= 0 && (size_t)written < text->room - text->length);
    text->length += (size_t)written;
}

static const char full_header[] = "id,shop,w,h1,h2,p1,p2,branch,sex,sat,eur,i1,i2\n";

static void put_row(struct text *text, size_t kind, uint32_t row)
{
    const uint64_t bits = chance_bits(7, kind, row);
    put(text, "%u,s%u,%u.%03u", row * (kind == 1 ? 1 : 3) + 1, (unsigned)bits % 600, (unsigned)(bits >> 8) % 9 + 1,
        (unsigned)(bits >> 12) % 1000);
    for (unsigned i = 0; i < 4; i++)
        put(text, ",%u", (unsigned)(bits >> (20 + 3 * i)) % 6 == 0 ? 5 : (unsigned)(bits >> (20 + 3 * i)) % 5 + 1);
    put(text, ",b%u,%c,%u", (unsigned)(bits >> 32) % (kind == 3 ? 9000 : 200), "fmx"[bits % 3], (unsigned)(bits >> 40) % 11);
    put(text, ",%llu.%02u,%u,%u\n", (unsigned long long)(kind == 2 ? bits >> 20 : bits >> 44), (unsigned)(bits % 100),
        (unsigned)(bits >> 50) % 101, (unsigned)(bits >> 57));
}

/* Many rows, of columns that need one byte, two, four and eight, with a last block of any length. */
static void many_rows_come_back(void **state)
{
    (void)state;
    static const uint32_t counts[] = {4095, 4096, 4097, 13000};
    struct text text = {.at = malloc(4 << 20), .room = 4 << 20};
    assert_non_null(text.at);
    for (size_t kind = 0; kind < sizeof counts / sizeof *counts; kind++) {
        text.length = 0;
        put(&text, "%s", full_header);
        for (uint32_t row = 0; row < counts[kind]; row++)
            put_row(&text, kind, row);
        assert_true(comes_back((struct span){text.at, text.length}, &csv_studies[CSV_STUDY_FULL]));
    }
    free(text.at);
}

/* Numbers of respondents in several blocks, where everybody comes twice. */
static void people_who_come_again_come_back(void **state)
{
    (void)state;
    enum { VISITS = 9000 };
    struct text text = {.at = malloc(1 << 20), .room = 1 << 20};
    assert_non_null(text.at);
    put(&text, "id,visit,h1,h2,p1,p2\n");
    for (uint32_t i = 0; i < VISITS; i++)
        put(&text, "%u,%u,1,2,3,4\n", i * 7919 % (VISITS / 2) + 1, i / (VISITS / 2) + 1);
    assert_true(comes_back((struct span){text.at, text.length}, &csv_studies[CSV_STUDY_VISITS]));
    free(text.at);
}

/* "each column in as few bytes as its values need": a byte for an answer, a shop, a branch, a weight out of few, and none for
 * respondents who come once. */
static void rows_take_few_bytes(void **state)
{
    (void)state;
    const struct answers *answers;
    struct packed_size size;
    struct out *out;
    char room[1 << 15];
    struct text text = {room, 0, sizeof room};
    put(&text, "%s", full_header);
    for (int i = 0; i < 300; i++)
        put(&text, "%d,s%d,%d.5,1,2,3,4,b%d,f,%d,%d,50,50\n", i, i % 7, i % 5 + 1, i % 9, i % 11, i);
    assert_int_equal(csv_take((struct span){text.at, text.length}, &csv_studies[CSV_STUDY_FULL], &answers), STATUS_OK);
    assert_int_equal(out_open_memory(&ctx, &out), STATUS_OK);
    const struct packed_origin origin = {.count = 1, .files = {{.name = "answers.csv"}}};
    assert_int_equal(packed_write_to(&ctx, answers, &origin, OUT_BYTES_MAX, out, &size), STATUS_OK);
    /* four answers, shop, weight, branch, sex, satisfaction, euros up to 299.00, two of points */
    assert_int_equal(size.row_bytes, 4 + 1 + 1 + 1 + 1 + 1 + 2 + 2);
    assert_int_equal(size.encounters, 300);
    assert_int_equal(size.file_bytes, out_bytes(out).length);
    assert_int_equal(out_close(&ctx, out), STATUS_OK);
}

/* What is no row has a most, and beyond it one sentence says what took so much and what can be done. */
static void long_lists_are_refused(void **state)
{
    (void)state;
    static const char refusal[] = "The names, texts and times that stand beside the answers take more than ";
    const struct packed_origin origin = {.count = 1, .files = {{.name = "answers.csv"}}};
    const struct answers *answers;
    struct packed_size size;
    struct out *out;
    uint64_t least = 0, most = 1 << 20;
    assert_int_equal(csv_take(span_of("id,shop,w,h1,h2,p1,p2,branch,sex,sat,eur,i1,i2\nann,s,1,1,2,3,4,b,f,1,2,3,4\n"),
                              &csv_studies[CSV_STUDY_FULL], &answers),
                     STATUS_OK);
    /* The least that is enough, by halves. */
    while (least < most) {
        const uint64_t middle = least + (most - least) / 2;
        assert_int_equal(out_open_memory(&ctx, &out), STATUS_OK);
        enum status status = packed_write_to(&ctx, answers, &origin, middle, out, &size);
        assert_int_equal(out_bytes(out).length == 0, status != STATUS_OK);
        assert_int_equal(out_close(&ctx, out), STATUS_OK);
        if (status == STATUS_OK) {
            most = middle;
            continue;
        }
        assert_int_equal(status, STATUS_DATA);
        assert_memory_equal(ctx.error.sentence, refusal, sizeof refusal - 1);
        assert_int_equal(strtoull(ctx.error.sentence + sizeof refusal - 1, NULL, 10), middle);
        assert_non_null(
            strstr(ctx.error.sentence, " bytes, the most that a pack holds of them; analyze the file of answers itself"));
        least = middle + 1;
    }
    assert_in_range(least, 50, 4096);
    ctx.error = (struct error){.status = STATUS_OK};
}

/* "A pack that was made with one can be read with the other", and with no other. */
static void another_study_is_refused(void **state)
{
    (void)state;
    const struct answers *answers, *read;
    enum packed_age age;
    struct span bytes;
    struct study study = csv_studies[CSV_STUDY_FULL];
    assert_int_equal(csv_take(span_of("id,shop,w,h1,h2,p1,p2,branch,sex,sat,eur,i1,i2\n1,s,1,1,2,3,4,b,f,1,2,3,4\n"),
                              &csv_studies[CSV_STUDY_FULL], &answers),
                     STATUS_OK);
    assert_int_equal(packed_into_memory(&ctx, answers, &bytes), STATUS_OK);
    const struct packed_request request = {.path = "answers.pack", .bytes = &bytes};
    study.title = "another title";
    assert_int_equal(packed_read(&ctx, &request, &study, &age, &read), STATUS_OK);
    assert_ptr_equal(read->study, &study);
    for (size_t i = 0; i < CSV_STUDY_COUNT; i++) {
        if (i == CSV_STUDY_FULL)
            continue;
        assert_int_equal(packed_read(&ctx, &request, &csv_studies[i], &age, &read), STATUS_DATA);
        assert_null(read);
        assert_string_equal(ctx.error.sentence,
                            "The pack answers.pack was made with a study file that says something else about columns, scales or "
                            "missing answers than study.json; make it anew with `gapmeter pack`.");
    }
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_answers_of_the_corpus_come_back, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(what_a_row_can_carry_comes_back, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(encounters_without_columns_come_back, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_rarer_columns_come_back, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(many_rows_come_back, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(people_who_come_again_come_back, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(rows_take_few_bytes, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(long_lists_are_refused, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(another_study_is_refused, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
