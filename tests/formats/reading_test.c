/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/csv_studies.h"
#include "support/scratch_folder.h"

static struct ctx ctx;

/* "the format is chosen by the file's extension (that of a packed file is the one before .gz or .zst), else by how the file
 * begins"; "what nothing recognises is read as csv" */
static void a_format_is_always_found(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_create(&scratch);
    const char *const names[] = {"a.csv", "a.CSV", "a.csv.gz", "b.tsv.zst", "no such file", "-", "folder/", ".csv"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(answers_format(names[i])->name, "csv");
    assert_string_equal(answers_format(scratch_write(&scratch, "text", "a,b\n1,2\n"))->name, "csv");
    assert_string_equal(answers_format(scratch_write_bytes(&scratch, "other", "\0\1\2\3", 4))->name, "csv");
    assert_string_equal(answers_format(scratch.folder)->name, "csv");
    scratch_destroy(&scratch);
}

static void every_format_is_described(void **state)
{
    (void)state;
    for (size_t i = 0; i < format_register_count; i++) {
        const struct format *format = format_register[i];
        assert_true(format->meaning[0] != '\0' && format->meaning[strlen(format->meaning) - 1] == '.');
        assert_non_null(format->extensions[0]);
        assert_true(format->sniff != NULL && format->read != NULL && format->sample != NULL);
        assert_int_equal(format->sniff((struct span){"", 0}), 0);
    }
}

static void files_are_read_and_sampled(void **state)
{
    (void)state;
    struct scratch scratch;
    struct sample sample;
    struct problems problems;
    const struct answers *answers;
    scratch_create(&scratch);
    struct format_source source = {.path = scratch_write(&scratch, "a.csv", "h1;h2;p1;p2\n1;2;3;4\n")};
    assert_int_equal(problems_init(&ctx, &problems, false), STATUS_OK);
    assert_int_equal(answers_read(&ctx, &source, &csv_studies[CSV_STUDY_PLAIN], &problems, &answers), STATUS_OK);
    assert_int_equal(answers->encounter_count, 1);
    assert_int_equal(answers_sample(&ctx, source.path, 5, &sample), STATUS_OK);
    assert_int_equal(sample.column_count, 4);
    assert_int_equal(sample.row_count, 1);
    source.path = "no such file.csv";
    assert_int_equal(answers_read(&ctx, &source, &csv_studies[CSV_STUDY_PLAIN], &problems, &answers), STATUS_NO_INPUT);
    assert_null(answers);
    assert_int_equal(answers_sample(&ctx, source.path, 5, &sample), STATUS_NO_INPUT);
    scratch_destroy(&scratch);
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
        cmocka_unit_test(a_format_is_always_found),
        cmocka_unit_test(every_format_is_described),
        cmocka_unit_test_setup_teardown(files_are_read_and_sampled, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
