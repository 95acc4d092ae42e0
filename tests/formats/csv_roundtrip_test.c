/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "writing random tables as CSV in each delimiter/quoting/encoding/line ending and reading back equal" (reliability.md, case 28:
 * parse(write(x)) == x), and the files that are too large for a table of cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <iconv.h>

#include "base/chance.h"
#include "base/limits.h"
#include "formats/csv_read.h"
#include "model/answers_builder.h"
#include "support/answers_dump.h"
#include "support/csv_studies.h"

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
    return 0;
}

static enum status read_bytes(struct span bytes, enum csv_study study, size_t block_bytes)
{
    struct csv_request request = {.openings = {{.path = "big.csv", .bytes = &bytes, .block_bytes = block_bytes}}, .count = 1};
    assert_int_equal(problems_init(&ctx, &problems, true), STATUS_OK);
    return csv_read(&ctx, &request, &csv_studies[study], &problems, &answers);
}

/* A growing text. */
struct page {
    char *at;
    size_t length, capacity;
};

static void put(struct page *page, const char *bytes, size_t length)
{
    if (page->length + length > page->capacity) {
        page->capacity = 2 * (page->length + length);
        page->at = realloc(page->at, page->capacity);
        assert_non_null(page->at);
    }
    memcpy(page->at + page->length, bytes, length);
    page->length += length;
}

static void put_text(struct page *page, const char *text)
{
    put(page, text, strlen(text));
}

/* How a file is written. */
struct manner {
    char delimiter;
    const char *line_end;
    unsigned quoting; /* 0 where needed, 1 everywhere, 2 by chance */
    bool sep_line;
    const char *mark; /* byte order mark, in the encoding's own bytes */
    const char *encoding;
    const char *const *words;
};

static const char *const western[] = {"Zürich",   "Málaga", "a \"quote\"", "two\nlines", "semi;colon, comma\tand|bar",
                                      "Þórshöfn", "x"};
static const char *const korean[] = {"서울", "부산 \"역\"", "대구;동구, 서구", "인천\n공항", "광주|전남", "대전\t유성", "x"};
enum { WORDS = 7, ROWS = 40 };

static void put_cell(struct page *page, const struct manner *manner, uint64_t trial, uint64_t cell, const char *text)
{
    bool needs = text[strcspn(text, "\"\r\n")] != '\0' || strchr(text, manner->delimiter) != NULL;
    bool quoted = needs || manner->quoting == 1 || (manner->quoting == 2 && chance_below(trial, 50, cell, 2) == 0);
    put_text(page, quoted ? "\"" : "");
    for (; *text != '\0'; text++) {
        put(page, text, 1);
        if (*text == '"')
            put(page, text, 1);
    }
    put_text(page, quoted ? "\"" : "");
}

/* One person, as the study CSV_STUDY_FULL knows them. */
struct person {
    uint32_t codes[4];
    int64_t eighths; /* weight */
    unsigned branch, sex;
    int satisfaction; /* -1 missing */
    int64_t cents;
};

static struct person random_person(uint64_t trial, uint64_t row)
{
    struct person person = {.eighths = (int64_t)chance_below(trial, row, 10, 100) + 1,
                            .branch = (unsigned)chance_below(trial, row, 11, WORDS),
                            .sex = (unsigned)chance_below(trial, row, 12, WORDS + 1),
                            .satisfaction = (int)chance_below(trial, row, 13, 12) - 1,
                            .cents = (int64_t)chance_below(trial, row, 14, 100000) - 50000};
    for (uint64_t i = 0; i < 4; i++)
        person.codes[i] = (uint32_t)chance_below(trial, row, i, 6);
    return person;
}

static void put_number(char *into, size_t size, double value, char mark)
{
    (void)snprintf(into, size, "%.3f", value);
    char *point = strchr(into, '.');
    assert_non_null(point);
    *point = mark;
}

static void put_person(struct page *page, const struct manner *manner, uint64_t trial, uint64_t row, const struct person *person)
{
    static const char *const answers_as_text[] = {"NA", "1", "02", "3.0", " 4 ", "5"}, *const in_commas[] = {"",    "1", "02",
                                                                                                             "3,0", "4", "Agree"};
    char mark = manner->delimiter == ',' ? '.' : ',';
    char cells[13][64];
    (void)snprintf(cells[0], sizeof cells[0], "p%u", (unsigned)row);
    for (size_t i = 0; i < 4; i++)
        (void)snprintf(cells[1 + i], sizeof cells[1 + i], "%s", (mark == '.' ? answers_as_text : in_commas)[person->codes[i]]);
    put_number(cells[5], sizeof cells[5], (double)person->eighths / 8, mark);
    (void)snprintf(cells[6], sizeof cells[6], "%s", manner->words[person->branch]);
    (void)snprintf(cells[7], sizeof cells[7], "%s", manner->words[person->branch]);
    (void)snprintf(cells[8], sizeof cells[8], "%s", person->sex == WORDS ? "" : manner->words[person->sex]);
    (void)snprintf(cells[9], sizeof cells[9], person->satisfaction < 0 || person->satisfaction == 9 ? "-99" : "%d",
                   person->satisfaction);
    put_number(cells[10], sizeof cells[10], (double)person->cents / 100, mark);
    (void)snprintf(cells[11], sizeof cells[11], "%s", "60");
    (void)snprintf(cells[12], sizeof cells[12], "%s", "40");
    for (uint64_t i = 0; i < 13; i++) {
        put(page, &manner->delimiter, i == 0 ? 0 : 1);
        put_cell(page, manner, trial, row * 13 + i, cells[i]);
    }
    put_text(page, manner->line_end);
}

static struct span converted(const struct page *page, const struct manner *manner)
{
    static char out[1 << 17];
    size_t mark_length = manner->mark == NULL ? 0 : manner->mark[0] == '\xEF' ? 3 : 2;
    if (mark_length > 0)
        memcpy(out, manner->mark, mark_length);
    iconv_t descriptor = iconv_open(manner->encoding, "UTF-8");
    assert_true(descriptor != (iconv_t)-1);
    char *from = page->at, *to = out + mark_length;
    size_t left = page->length, room = sizeof out - mark_length;
    assert_int_equal(iconv(descriptor, &from, &left, &to, &room), 0);
    (void)iconv_close(descriptor);
    return (struct span){out, (size_t)(to - out)};
}

/* The same people put into answers without any file. */
static const struct answers *built(uint64_t trial, const struct manner *manner)
{
    struct answers_builder *builder;
    const struct answers *out;
    assert_int_equal(answers_begin(&ctx, &csv_studies[CSV_STUDY_FULL], &builder), STATUS_OK);
    for (uint64_t i = 0; i < ROWS; i++) {
        struct person person = random_person(trial, i);
        struct answers_row row;
        bool fresh;
        char id[16];
        (void)snprintf(id, sizeof id, "p%u", (unsigned)i);
        assert_int_equal(answers_add(&ctx, builder, &row), STATUS_OK);
        assert_int_equal(answers_respondent(&ctx, builder, span_of(id), row.respondent, &fresh), STATUS_OK);
        assert_int_equal(answers_cluster(&ctx, builder, span_of(manner->words[person.branch]), row.cluster), STATUS_OK);
        for (uint32_t slot = 0; slot < 4; slot++)
            answers_row_set(&row, slot, person.codes[slot]);
        *row.weight = person.eighths << 37;
        assert_int_equal(answers_segment_value(&ctx, builder, 0, span_of(manner->words[person.branch]), &row.segments[0]),
                         STATUS_OK);
        if (person.sex < WORDS)
            assert_int_equal(answers_segment_value(&ctx, builder, 1, span_of(manner->words[person.sex]), &row.segments[1]),
                             STATUS_OK);
        if (person.satisfaction >= 0 && person.satisfaction != 9)
            outcome_set(row.outcomes, row.outcome_places[0], person.satisfaction + 1);
        outcome_set(row.outcomes, row.outcome_places[1], person.cents == 900 || person.cents == -9900 ? INT64_MIN : person.cents);
        row.points[0] = INT64_C(60) << 20;
        row.points[1] = INT64_C(40) << 20;
    }
    assert_int_equal(answers_end(&ctx, builder, &out), STATUS_OK);
    return out;
}

static struct manner random_manner(uint64_t trial)
{
    static const char *const line_ends[] = {"\n", "\r\n", "\r"};
    static const struct {
        const char *mark, *encoding;
        bool korean;
    } encodings[] = {{NULL, "UTF-8", false}, {"\xEF\xBB\xBF", "UTF-8", true}, {NULL, "WINDOWS-1252", false},
                     {NULL, "CP949", true},  {"\xFF\xFE", "UTF-16LE", true},  {"\xFE\xFF", "UTF-16BE", false},
                     {NULL, "UTF-8", true}};
    size_t encoding = trial % 7;
    return (struct manner){.delimiter = ",;\t|"[chance_below(trial, 40, 0, 4)],
                           .line_end = line_ends[chance_below(trial, 40, 1, 3)],
                           .quoting = (unsigned)chance_below(trial, 40, 2, 3),
                           .sep_line = chance_below(trial, 40, 3, 4) == 0,
                           .mark = encodings[encoding].mark,
                           .encoding = encodings[encoding].encoding,
                           .words = encodings[encoding].korean ? korean : western};
}

static void what_is_written_reads_back_equal(void **state)
{
    (void)state;
    static const char header[] = "id,h1,h2,p1,p2,w,shop,branch,sex,sat,eur,i1,i2";
    for (uint64_t trial = 0; trial < 350; trial++) {
        struct manner manner = random_manner(trial);
        struct page page = {0};
        if (manner.sep_line) {
            put_text(&page, "sep=");
            put(&page, &manner.delimiter, 1);
            put_text(&page, manner.line_end);
        }
        for (const char *c = header; *c != '\0'; c++)
            put(&page, *c == ',' ? &manner.delimiter : c, 1);
        put_text(&page, manner.line_end);
        for (uint64_t row = 0; row < ROWS; row++) {
            struct person person = random_person(trial, row);
            put_person(&page, &manner, trial, row, &person);
        }
        if (read_bytes(converted(&page, &manner), CSV_STUDY_FULL, trial % 4) != STATUS_OK)
            fail_msg("trial %u, %s: %s", (unsigned)trial, manner.encoding, ctx.error.sentence);
        assert_same_answers(answers, built(trial, &manner));
        free(page.at);
        (void)close_arena(NULL);
        assert_int_equal(open_arena(NULL), 0);
    }
}

/* "The encoding is decided once: […] from the first byte that is not ASCII, wherever that stands" */
static void the_encoding_may_show_late(void **state)
{
    (void)state;
    const struct {
        const char *comment, *note;
    } late[] = {{"caf\xE9", "windows-1252"}, {"\xBC\xAD\xBF\xEF", "CP949"}, {"caf\xC3\xA9", NULL}};
    for (size_t i = 0; i < 3; i++) {
        struct page page = {0};
        put_text(&page, "why,h1,h2,p1,p2\n");
        while (page.length < CSV_SNIFF_BYTES * 2 + i)
            put_text(&page, "a plain comment,1,2,3,4\n");
        put_text(&page, late[i].comment);
        put_text(&page, ",5,5,5,5\n");
        assert_int_equal(read_bytes((struct span){page.at, page.length}, CSV_STUDY_PLAIN, 0), STATUS_OK);
        assert_int_equal(answers_code(answers, answers->encounter_count - 1, 3), 5);
        assert_int_equal(answers->note_count, late[i].note != NULL);
        if (late[i].note != NULL)
            assert_non_null(strstr(answers->notes[0].english, late[i].note));
        free(page.at);
    }
}

/* "oversized cells/lines: problems with row and column" */
static void long_cells_and_lines_are_problems(void **state)
{
    (void)state;
    struct page page = {0};
    put_text(&page, "why,h1,h2,p1,p2\nshort,1,2,3,4\n");
    size_t cell = page.length;
    for (size_t i = 0; i < CSV_FIELD_BYTES_MAX; i++)
        put(&page, "x", 1);
    size_t rest = page.length;
    put_text(&page, ",1,2,3,4\nshort,1,2,3,4\n");
    assert_int_equal(read_bytes((struct span){page.at, page.length}, CSV_STUDY_PLAIN, 0), STATUS_OK);
    assert_int_equal(answers->encounter_count, 3);
    page.length = rest;
    put_text(&page, "x,1,2,3,4\nshort,1,2,3,8\n");
    char dump[256];
    assert_int_equal(read_bytes((struct span){page.at, page.length}, CSV_STUDY_PLAIN, 0), STATUS_DATA);
    problems_dump(&problems, dump, sizeof dump);
    assert_string_equal(dump, "TOO_LONG 3 why / OUT_OF_RANGE 4 p2 8");
    /* A quote that is not closed must not swallow gigabytes. */
    page.length = cell;
    put_text(&page, "\"");
    while (page.length < CSV_LINE_BYTES_MAX + 4 * CSV_SNIFF_BYTES)
        put_text(&page, "no quote here,1,2,3,4\n");
    size_t unclosed = page.length;
    assert_int_equal(read_bytes((struct span){page.at, unclosed}, CSV_STUDY_PLAIN, 0), STATUS_DATA);
    problems_dump(&problems, dump, sizeof dump);
    assert_string_equal(dump, "QUOTE 3 why");
    page.at[cell] = ' ';
    memset(page.at + cell, 'x', unclosed - cell);
    assert_int_equal(read_bytes((struct span){page.at, unclosed}, CSV_STUDY_PLAIN, 0), STATUS_DATA);
    problems_dump(&problems, dump, sizeof dump);
    assert_string_equal(dump, "TOO_LONG 3 why");
    memset(page.at + cell, ',', unclosed - cell);
    assert_int_equal(read_bytes((struct span){page.at, unclosed}, CSV_STUDY_PLAIN, 0), STATUS_DATA);
    problems_dump(&problems, dump, sizeof dump);
    assert_string_equal(dump, "RAGGED 3 why");
    memset(page.at, ',', unclosed);
    assert_int_equal(read_bytes((struct span){page.at, unclosed}, CSV_STUDY_PLAIN, 0), STATUS_DATA);
    assert_non_null(strstr(ctx.error.sentence, "columns"));
    free(page.at);
}

/* Reads so many bytes of comments with four answers each.
 * gives   *rows  for which there is room in the answers
 * returns how many bytes the arena has then */
static size_t comments_read(size_t bytes, size_t *rows)
{
    struct page page = {0};
    (void)close_arena(NULL);
    assert_int_equal(open_arena(NULL), 0);
    put_text(&page, "why,h1,h2,p1,p2\n");
    while (page.length < bytes)
        put_text(&page, "a comment that is much longer than the four answers beside it and must not be kept,1,2,3,4\n");
    assert_int_equal(read_bytes((struct span){page.at, page.length}, CSV_STUDY_PLAIN, 0), STATUS_OK);
    *rows = (size_t)answers->chunk_count * ANSWERS_CHUNK_ROWS;
    free(page.at);
    return arena_size_bytes(ctx.arena);
}

/* "memory must not grow beyond answers + what tells respondents apart": the blocks of a file are read into the same few rooms */
static void memory_is_that_of_the_answers(void **state)
{
    (void)state;
    size_t rows = 0, more_rows = 0;
    size_t less = comments_read((size_t)6 << 20, &rows), more = comments_read((size_t)18 << 20, &more_rows);
    assert_true(more_rows > rows + 100000);
    /* Four codes and a respondent's number each, and a quarter as room to grow. */
    assert_true(more - less < (more_rows - rows) * (4 + 4) * 5 / 4 + 65536);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_reads_back_equal, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_encoding_may_show_late, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(long_cells_and_lines_are_problems, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(memory_is_that_of_the_answers, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
