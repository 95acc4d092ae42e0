/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both ways of reading a wide file come to the same: with every kernel, number of threads and size of blocks, files that are as
 * they should be and files that are not give the same answers, numbers, notes and problems as one row after another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "base/kernel.h"
#include "base/memory.h"
#include "formats/csv_read.h"
#include "support/answers_dump.h"
#include "support/csv_readings.h"
#include "support/csv_studies.h"

enum { TEXT_MOST = 1 << 20 };

/* Reads bytes in many ways. */
static void assert_ways_agree(struct span bytes, const struct study *study, bool few)
{
    static const size_t blocks[] = {0, 300, 37, 4096};
    struct csv_reading_done general, fast;
    struct csv_way way = {.path = CSV_PATH_GENERAL, .threads = 1, .few = few};
    csv_read_so(&general, bytes, study, &way);
    for (unsigned k = 0; k < 4 * KERNEL_COUNT; k++) {
        way = (struct csv_way){.kernel = (enum kernel)(k % KERNEL_COUNT),
                               .block_bytes = blocks[k / KERNEL_COUNT],
                               .threads = 1 + (k & 1),
                               .few = few};
        if (!kernel_available(way.kernel))
            continue;
        csv_read_so(&fast, bytes, study, &way);
        csv_assert_same(&general, &fast);
        arena_destroy(fast.ctx.arena);
    }
    arena_destroy(general.ctx.arena);
}

static void assert_paths_agree(struct span bytes, const struct study *study)
{
    assert_ways_agree(bytes, study, false);
    assert_ways_agree(bytes, study, true);
}

/* How odd a file is that is made up: each is one chance in so many cells or rows, 0 = never. */
struct oddity {
    unsigned cell;   /* a cell that is another kind of missing, quoted, of two digits, a label … but good */
    unsigned bad;    /* a cell that is wrong */
    unsigned record; /* a record that is blank, ragged, or holds quoted line ends */
    unsigned id;     /* an id that does not rise; as often, one that was there before */
};

struct writing {
    char *at;
    size_t length;
    uint64_t seed;
    uint64_t draws;
};

static uint64_t draw(struct writing *writing, uint64_t below)
{
    return chance_below(21, writing->seed, writing->draws++, below);
}

static bool happens(struct writing *writing, unsigned one_in)
{
    return one_in > 0 && draw(writing, one_in) == 0;
}

static void put(struct writing *writing, const char *text)
{
    size_t length = strlen(text);
    assert_true(writing->length + length < TEXT_MOST);
    memcpy(writing->at + writing->length, text, length);
    writing->length += length;
}

static const char *one_of(struct writing *writing, const char *const *texts, size_t count)
{
    return texts[draw(writing, count)];
}

#define ONE_OF(writing, ...)                                                                                                     \
    one_of(writing, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void put_answer(struct writing *writing, const struct oddity *oddity)
{
    if (happens(writing, oddity->bad))
        put(writing, ONE_OF(writing, "6", "0", "x", "11", "10", "4.5", "\"2", "7\"", "\"3\"x", "\xFF", "é", "-"));
    else if (happens(writing, oddity->cell))
        put(writing, ONE_OF(writing, "NA", "-99", "9", "\"4\"", " 3", "2 ", "Agree", "disagree", "3.0", "\"\"", "+1", "05",
                            "\"\"\"\"\"\""));
    else
        put(writing, ONE_OF(writing, "1", "2", "3", "4", "5", "4", "5", ""));
}

static void put_id(struct writing *writing, const struct oddity *oddity, uint64_t row)
{
    char id[32];
    uint64_t number = 900 + row;
    if (happens(writing, oddity->id))
        number = draw(writing, 900 + (oddity->bad > 0 ? row : 0));
    (void)snprintf(id, sizeof id, happens(writing, oddity->id) ? "p-%llu" : "%llu", (unsigned long long)number);
    put(writing, happens(writing, oddity->bad) ? "" : id);
}

static void put_text(struct writing *writing, const struct oddity *oddity, const char *const *texts, size_t count)
{
    if (happens(writing, oddity->bad))
        put(writing, ONE_OF(writing, "", "\"a\nb\"", "\xC3", "a\"b", "\"x\"\"y\"", "nowhere"));
    else if (happens(writing, oddity->cell))
        put(writing,
            ONE_OF(writing, "NA", "\"north, by east\"", " south ", "\"B\"", "a longer name than is remembered", "größer"));
    else
        put(writing, one_of(writing, texts, count));
}

/* The header and rows of CSV_STUDY_FULL, with columns that nobody wants among them. */
static void write_full(struct writing *writing, const struct oddity *oddity, uint64_t rows, const char *line_end)
{
    static const char *const shops[] = {"s1", "s2", "shop three", "4"}, *const branches[] = {"B001", "B002", "B003", "north"};
    static const char *const sexes[] = {"f", "m", ""}, *const weights[] = {"1",    "0.576",        "1.25", "12",
                                                                           "2e-1", "0.3333333333", ".5"};
    put(writing, "id,ts,shop,branch,w,h1,h2,p1,p2,sex,sat,eur,i1,i2");
    put(writing, line_end);
    for (uint64_t row = 0; row < rows; row++) {
        if (happens(writing, oddity->record))
            put(writing,
                ONE_OF(writing, "\n", ",,,,,,,,,,,,,\n", "  \n", "\"a\nb\"\n", "1,2\n", ",,,,,,,,,,,,,,,,,\r\n", "\r", "\x1A\n"));
        put_id(writing, oddity, row);
        put(writing, happens(writing, oddity->cell) ? ",\"a note\nof two lines\"," : ",2026-04-19T02:13:35Z,");
        put_text(writing, oddity, shops, 4);
        put(writing, ",");
        put_text(writing, oddity, branches, 4);
        put(writing, ",");
        put(writing, happens(writing, oddity->bad) ? ONE_OF(writing, "", "0", "-1", "x", "1,5") : one_of(writing, weights, 7));
        for (int i = 0; i < 4; i++) {
            put(writing, ",");
            put_answer(writing, oddity);
        }
        put(writing, ",");
        put_text(writing, oddity, sexes, 3);
        put(writing, happens(writing, oddity->bad) ? ",11" : ONE_OF(writing, ",0", ",7", ",10", ",10", ",", ",9"));
        put(writing, happens(writing, oddity->bad) ? ",much" : ONE_OF(writing, ",12.50", ",7", ",-3.25", ",", ",1000000.125"));
        put(writing, happens(writing, oddity->bad) ? ",-5" : ONE_OF(writing, ",40", ",62.5", ","));
        put(writing, ONE_OF(writing, ",60", ",0", ",NA"));
        put(writing, happens(writing, oddity->record) ? "\n" : line_end);
    }
}

static const struct oddity oddities[] = {
    {0, 0, 0, 0}, {40, 0, 0, 0}, {3, 0, 60, 0}, {200, 0, 0, 50}, {60, 900, 0, 0}, {50, 60, 20, 30}, {0, 0, 10, 1}, {5, 5, 5, 5},
};

static void full_files_agree(void **state)
{
    (void)state;
    char *room = malloc(TEXT_MOST);
    assert_non_null(room);
    for (uint64_t trial = 0; trial < 24; trial++) {
        const struct oddity *oddity = &oddities[trial % (sizeof oddities / sizeof *oddities)];
        struct writing writing = {.at = room, .seed = trial};
        uint64_t rows = trial < 8 ? 5000 / (trial + 1) : chance_below(22, trial, 0, 120);
        write_full(&writing, oddity, rows, trial % 3 == 0 ? "\r\n" : "\n");
        /* Now and then the last line has no end. */
        if (trial % 5 == 4)
            writing.length--;
        char *exact = malloc(writing.length);
        assert_non_null(exact);
        memcpy(exact, room, writing.length);
        assert_paths_agree((struct span){exact, writing.length}, &csv_studies[CSV_STUDY_FULL]);
        free(exact);
    }
    free(room);
}

/* Encounters, with respondents that come again. */
static void visits_agree(void **state)
{
    (void)state;
    char *room = malloc(TEXT_MOST);
    assert_non_null(room);
    for (uint64_t trial = 0; trial < 24; trial++) {
        const struct oddity *oddity = &oddities[trial % (sizeof oddities / sizeof *oddities)];
        struct writing writing = {.at = room, .seed = 100 + trial};
        put(&writing, "id,h1,visit,h2,p1,p2\n");
        for (uint64_t row = 0; row < 200; row++) {
            put_id(&writing, oddity, trial % 2 == 0 ? row : row / 3);
            put(&writing, ",");
            put_answer(&writing, oddity);
            char visit[32];
            uint64_t number = happens(&writing, oddity->bad) ? row / 2 : row;
            (void)snprintf(visit, sizeof visit, ",v%llu", (unsigned long long)number);
            put(&writing, visit);
            for (int i = 0; i < 3; i++) {
                put(&writing, ",");
                put_answer(&writing, oddity);
            }
            put(&writing, "\n");
        }
        assert_paths_agree((struct span){room, writing.length}, &csv_studies[CSV_STUDY_VISITS]);
    }
    free(room);
}

/* Dates with times of day, which a hand cuts to days, and dates that are none. */
static void dates_agree(void **state)
{
    (void)state;
    char *room = malloc(TEXT_MOST);
    assert_non_null(room);
    for (uint64_t trial = 0; trial < 12; trial++) {
        struct writing writing = {.at = room, .seed = 200 + trial};
        put(&writing, "date,h1,h2,p1,p2\n");
        for (int row = 0; row < 300; row++) {
            put(&writing, ONE_OF(&writing, "2026-04-19T02:13:35Z", "2026-05-01", "2025-12-31 23:59:59Z", "2026-1-7", "NA", ""));
            if (happens(&writing, trial % 2 == 0 ? 0 : 100))
                put(&writing, ONE_OF(&writing, "2026-13-19T02:13:35Z", "x", "2026-04-19T25:13:35Z", "2026-04-19T02:13:61Z"));
            put(&writing, ",1,2,3,4\n");
        }
        assert_paths_agree((struct span){room, writing.length}, &csv_studies[CSV_STUDY_DATES]);
    }
    free(room);
}

/* Answers in two bytes, and columns that are not in the order of the slots. */
static void long_scales_agree(void **state)
{
    (void)state;
    static const struct scale longer[] = {{.id = "slider", .min = {0, 0}, .max = {500, 0}, .step = {1, 0}, .steps = 501}};
    struct study study = csv_studies[CSV_STUDY_PLAIN];
    study.scales = longer;
    char *room = malloc(TEXT_MOST);
    assert_non_null(room);
    struct writing writing = {.at = room, .seed = 300};
    put(&writing, "p2,h1,p1,h2\n");
    for (int row = 0; row < 400; row++) {
        for (int i = 0; i < 4; i++)
            put(&writing, ONE_OF(&writing, "0,", "10,", "500,", "333,", ",", "5,", "NA,"));
        writing.length--;
        put(&writing, "\n");
    }
    assert_paths_agree((struct span){room, writing.length}, &study);
    assert_paths_agree((struct span){room, writing.length}, &csv_studies[CSV_STUDY_PLAIN]);
    free(room);
}

/* A file whose rows hold something odd from row `where` on, every 2500 rows. */
static struct span surprising(char *room, struct span surprise, size_t where)
{
    struct writing writing = {.at = room};
    put(&writing, "date,other,h1,h2,p1,p2\n");
    for (size_t row = 0; row < 12000; row++) {
        put(&writing, "2026-04-19,");
        if (row >= where && (row - where) % 2500 == 0) {
            memcpy(writing.at + writing.length, surprise.at, surprise.length);
            writing.length += surprise.length;
        }
        put(&writing, "plain text of some length,5,4,3,2\n");
    }
    return (struct span){room, writing.length};
}

/* Text that turns out another encoding after many blocks, and quotes that hold all that follows. */
static void late_surprises_agree(void **state)
{
    (void)state;
    static const struct span surprises[] = {{"B\xE4r", 3}, {"B\xC3\xA4r", 4},       {"\"Bar", 4}, {"B\"ar", 4}, {"\"Ba\nr\"", 6},
                                            {"B\0r", 3},   {"\xC7\xD1\xB1\xB9", 4}, {"B\rr", 3}};
    static const size_t where[] = {100, 6000, 11990};
    char *room = malloc(TEXT_MOST);
    assert_non_null(room);
    for (size_t k = 0; k < 3 * sizeof surprises / sizeof *surprises; k++) {
        struct csv_reading_done general, fast;
        struct csv_way way = {.path = CSV_PATH_GENERAL, .threads = 1};
        const struct span text = surprising(room, surprises[k / 3], where[k % 3]);
        csv_read_so(&general, text, &csv_studies[CSV_STUDY_DATES], &way);
        way = (struct csv_way){
            .threads = 1 + (unsigned)(k & 1), .kernel = (enum kernel)(k % 2), .block_bytes = k % 3 == 2 ? 5000 : 0};
        way.kernel = kernel_available(way.kernel) ? way.kernel : KERNEL_SCALAR;
        csv_read_so(&fast, text, &csv_studies[CSV_STUDY_DATES], &way);
        csv_assert_same(&general, &fast);
        arena_destroy(general.ctx.arena);
        arena_destroy(fast.ctx.arena);
    }
    free(room);
}

/* A piece of memory that is not there, whichever it is, stops the reading or changes nothing of what comes of it: a stretch of rows
 * that cannot be kept is read again one by one. */
static void missing_memory_changes_no_answer(void **state)
{
    (void)state;
    char *room = malloc(TEXT_MOST);
    assert_non_null(room);
    struct writing writing = {.at = room, .seed = 400};
    put(&writing, "id,ts,shop,branch,w,h1,h2,p1,p2,sex,sat,eur,i1,i2\n");
    for (int row = 0; row < 600; row++) {
        char line[128];
        (void)snprintf(line, sizeof line, "%d,,s%d,b%d,1,5,2,3,4,f%d,7,%s,40,60\n", 900 + row, row % 150, row % 90, row % 70,
                       row % 100 == 40 ? "much" : "1");
        put(&writing, line);
    }
    const struct span bytes = {room, writing.length};
    struct csv_reading_done whole, done;
    struct csv_way way = {.threads = 1};
    csv_read_so(&whole, bytes, &csv_studies[CSV_STUDY_FULL], &way);
    const uint64_t before = memory_allocation_count();
    csv_read_so(&done, bytes, &csv_studies[CSV_STUDY_FULL], &way);
    const uint64_t pieces = memory_allocation_count() - before;
    arena_destroy(done.ctx.arena);
    unsigned survived = 0;
    for (way.missing = 1; way.missing <= pieces; way.missing++) {
        csv_read_so(&done, bytes, &csv_studies[CSV_STUDY_FULL], &way);
        if (done.status != STATUS_MEMORY) {
            csv_assert_same(&whole, &done);
            survived++;
        }
        arena_destroy(done.ctx.arena);
    }
    printf("%llu pieces of memory, without %u of them the reading went on\n", (unsigned long long)pieces, survived);
    assert_true(survived > 0);
    arena_destroy(whole.ctx.arena);
    free(room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_files_agree),     cmocka_unit_test(visits_agree),
        cmocka_unit_test(dates_agree),          cmocka_unit_test(long_scales_agree),
        cmocka_unit_test(late_surprises_agree), cmocka_unit_test(missing_memory_changes_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
