/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ctx.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* "Fills ctx->error and returns the status" */
static void a_failure_is_told(void **state)
{
    (void)state;
    struct ctx ctx = {0};
    struct place place = {.file = "answers.csv", .row = 12, .column = "h3"};
    assert_int_equal(ctx_fail(&ctx, STATUS_DATA, &place, "The value %d is not on the scale 1 … %d.", 8, 7), STATUS_DATA);
    assert_int_equal(ctx.error.status, STATUS_DATA);
    assert_string_equal(ctx.error.sentence, "The value 8 is not on the scale 1 … 7.");
    assert_string_equal(ctx.error.place.file, "answers.csv");
    assert_int_equal(ctx.error.place.row, 12);
    /* "NULL when no place in the input is to blame": the former place is forgotten */
    assert_int_equal(ctx_no_memory(&ctx), STATUS_MEMORY);
    assert_int_equal(ctx.error.status, STATUS_MEMORY);
    assert_int_equal(ctx.error.place.row, 0);
    assert_string_equal(ctx.error.place.file, "");
}

/* An error may be made from the former one. */
static void an_error_can_be_wrapped(void **state)
{
    (void)state;
    struct ctx ctx = {0};
    struct place place = {.path = "$.items[3].scale"};
    assert_int_equal(ctx_fail(&ctx, STATUS_CONFIG, &place, "No scale."), STATUS_CONFIG);
    assert_int_equal(ctx_fail(&ctx, STATUS_CONFIG, &ctx.error.place, "In the study: %s", ctx.error.sentence), STATUS_CONFIG);
    assert_string_equal(ctx.error.sentence, "In the study: No scale.");
    assert_string_equal(ctx.error.place.path, "$.items[3].scale");
}

/* A sentence that is too long is cut between code points. */
static void a_long_sentence_is_cut_cleanly(void **state)
{
    (void)state;
    struct ctx ctx = {0};
    char text[3 * sizeof ctx.error.sentence];
    for (size_t begin = 0; begin < 4; begin++) {
        memset(text, 'a', begin);
        for (size_t i = begin; i + 4 < sizeof text; i += 3)
            memcpy(text + i, "…", 4);
        assert_int_equal(ctx_fail(&ctx, STATUS_DATA, NULL, "%s", text), STATUS_DATA);
        size_t bad;
        struct span sentence = span_of(ctx.error.sentence);
        assert_true(text_utf8_valid(sentence, &bad));
        assert_in_range(sentence.length, sizeof ctx.error.sentence - 4, sizeof ctx.error.sentence - 1);
    }
}

/* "STATUS_CANCELLED, with its sentence, once the door has asked to stop; STATUS_OK before" */
static void cancelling(void **state)
{
    (void)state;
    struct ctx ctx = {0};
    assert_int_equal(ctx_cancelled(&ctx), STATUS_OK);
    atomic_bool cancel = false;
    ctx.cancel = &cancel;
    assert_int_equal(ctx_cancelled(&ctx), STATUS_OK);
    assert_int_equal(ctx.error.status, STATUS_OK);
    atomic_store(&cancel, true);
    assert_int_equal(ctx_cancelled(&ctx), STATUS_CANCELLED);
    assert_int_equal(ctx.error.status, STATUS_CANCELLED);
    assert_string_not_equal(ctx.error.sentence, "");
}

static void assert_place(struct place place, const char *expected)
{
    char text[512];
    place_format(&place, text, sizeof text);
    assert_string_equal(text, expected);
}

/* ""answers.csv, row 12, column h3: " — the place as a message begins with it; "" when there is none" */
static void places_begin_a_message(void **state)
{
    (void)state;
    assert_place((struct place){.row = 0}, "");
    assert_place((struct place){.file = "answers.csv", .row = 12, .column = "h3"}, "answers.csv, row 12, column h3: ");
    assert_place((struct place){.file = "study.json", .path = "$.items[3].scale"}, "study.json, $.items[3].scale: ");
    assert_place((struct place){.row = UINT64_MAX}, "row 18446744073709551615: ");
    assert_place((struct place){.file = "a\x1b[31mb\n", .row = 1}, "a\\x1B[31mb\\x0A, row 1: ");
}

/* "a longer one is cut", at any size, and stays text */
static void long_places_are_cut(void **state)
{
    (void)state;
    struct place place = {.row = 1};
    memset(place.file, '\n', sizeof place.file - 1);
    memset(place.column, 'c', sizeof place.column - 1);
    memset(place.path, 'p', sizeof place.path - 1);
    for (size_t size = 16; size < 1100; size++) {
        char text[1200];
        memset(text, 'x', sizeof text);
        place_format(&place, text, size);
        const char *end = memchr(text, '\0', size);
        assert_non_null(end);
        assert_memory_equal(end - 2, ": ", 2);
        assert_int_equal(text[size], 'x');
        size_t bad;
        assert_true(text_utf8_valid(span_of(text), &bad));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_is_told),
        cmocka_unit_test(an_error_can_be_wrapped),
        cmocka_unit_test(a_long_sentence_is_cut_cleanly),
        cmocka_unit_test(cancelling),
        cmocka_unit_test(places_begin_a_message),
        cmocka_unit_test(long_places_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
