/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_header.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "formats/csv_plan.h"

static const struct span headers[] = {{"ID", 2}, {"Erwartung 1", 11}, {"weight", 6}, {"h_3", 3}, {"", 0}, {"h1", 2}};
static const struct csv_head head = {.name = "a.csv", .column_count = 6, .headers = headers};

static const char *nearest(const char *name, const bool *used)
{
    static char text[64];
    struct span found = csv_nearest_header(&head, used, span_of(name));
    (void)snprintf(text, sizeof text, "%.*s", (int)found.length, found.length == 0 ? "" : found.at);
    return text;
}

/* "The header that is most like a name, among those that are not used" */
static void the_nearest_header_is_offered(void **state)
{
    (void)state;
    assert_string_equal(nearest("id", NULL), "ID");
    assert_string_equal(nearest("h3", NULL), "h_3");
    assert_string_equal(nearest("wieght", NULL), "");
    assert_string_equal(nearest("weigth1", NULL), "");
    assert_string_equal(nearest("weights", NULL), "weight");
    assert_string_equal(nearest("erwartung_1", NULL), "Erwartung 1");
    assert_string_equal(nearest("Erwartumg1", NULL), "Erwartung 1");
    /* "an empty span when none is like it": a short name differs from its neighbour by a whole meaning */
    assert_string_equal(nearest("h2", NULL), "");
    assert_string_equal(nearest("perception", NULL), "");
    assert_string_equal(nearest("?!", NULL), "");
    const bool used[6] = {[2] = true};
    assert_string_equal(nearest("weights", used), "");
}

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

/* "names what is absent, the nearest header for each, and the headers there are" — cut sensibly */
static void absent_columns_are_listed(void **state)
{
    (void)state;
    enum { MANY = 40 };
    struct span many[MANY];
    char texts[MANY][16], names[MANY][16];
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(texts[i], sizeof texts[i], "c%d", i);
        (void)snprintf(names[i], sizeof names[i], "h%d", i);
        many[i] = span_of(texts[i]);
    }
    const struct csv_head wide = {.name = "a.csv", .column_count = MANY, .headers = many}, *heads[] = {&wide};
    struct csv_lookup lookup;
    uint32_t column;
    assert_int_equal(csv_lookup_begin(&ctx, heads, 1, &lookup), STATUS_OK);
    assert_int_equal(csv_lookup_find(&ctx, &lookup, 0, " c7 ", &column), STATUS_OK);
    assert_int_equal(column, 7);
    assert_int_equal(csv_lookup_end(&ctx, &lookup), STATUS_OK);
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(csv_lookup_find(&ctx, &lookup, 0, names[i], &column), STATUS_OK);
        assert_true(column == CSV_NO_COLUMN);
        csv_lookup_absent(&lookup, 0, names[i]);
    }
    assert_int_equal(csv_lookup_end(&ctx, &lookup), STATUS_CONFIG);
    assert_string_equal(
        ctx.error.sentence,
        "The study names columns that are not there in a.csv: h0, h1, h2, h3, h4, h5, h6, h7 and 32 more. It has: "
        "c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, … (40 in all).");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_header_is_offered),
        cmocka_unit_test_setup_teardown(absent_columns_are_listed, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
