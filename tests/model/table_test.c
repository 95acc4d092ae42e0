/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/document.h"
#include "model/measure.h"
#include "model/released_table_seal.h"
#include "model/renderer.h"
#include "model/section.h"
#include "support/job_fixture.h"

static const struct column columns[] = {
    {.name = "item", .title = "Item", .unit = "", .kind = COLUMN_KEY},
    {.name = "gap", .title = "Gap", .unit = "scale points", .digits = 2, .kind = COLUMN_NUMBER},
};
static const struct measure made = {.name = "made", .columns = columns, .column_count = 2};
static const struct measure other = {.name = "other", .columns = columns, .column_count = 1};
static const char *const by[] = {"branch"};

static struct table *new_table(struct job *job, const struct measure *measure, uint32_t by_count)
{
    struct table *table = NULL;
    assert_ok(job, table_create(&job->ctx, measure, by, by_count, &table));
    return table;
}

/* "A new row with every value blank (REASON_NOT_APPLICABLE) and support 0." Rows stay as they are while the table grows. */
static void rows_begin_blank_and_stay(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    struct table *table = new_table(&job, &made, 1);
    for (uint32_t i = 0; i < 1000; i++) {
        struct row *row = NULL;
        assert_ok(&job, table_add_row(&job.ctx, table, &row));
        assert_int_equal(row->support, 0);
        assert_null(row->by[0]);
        for (uint32_t c = 0; c < 2; c++) {
            assert_int_equal(row->values[c].kind, VALUE_BLANK);
            assert_int_equal(row->values[c].reason, REASON_NOT_APPLICABLE);
        }
        row->values[1] = value_number(-0.5 * i);
        row->line = i;
    }
    assert_int_equal(table->row_count, 1000);
    for (uint32_t i = 0; i < 1000; i++) {
        assert_int_equal(table->rows[i].line, i);
        assert_true(table_value(table, &table->rows[i], "gap")->number == -0.5 * i);
    }
    job_end(&job);
}

static void values_carry_their_kind(void **state)
{
    (void)state;
    assert_int_equal(value_count(7).kind, VALUE_COUNT);
    assert_int_equal(value_count(7).count, 7);
    assert_string_equal(value_text("short").text, "short");
    assert_int_equal(value_blank(REASON_TOO_FEW).reason, REASON_TOO_FEW);
    assert_true(value_number(2.5).number == 2.5);
}

/* "The index of a column by its name; UINT32_MAX when there is none." */
static void columns_are_found_by_name(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    struct table *table = new_table(&job, &made, 0);
    assert_int_equal(table_column(table, "gap"), 1);
    assert_int_equal(table_column(table, "Gap"), UINT32_MAX);
    job_end(&job);
}

/* "the same sentence is added once"; the table keeps a copy of its words */
static void notes_are_added_once(void **state)
{
    (void)state;
    struct job job;
    char column[] = "region";
    const struct note_word words[] = {note_text("column", column), {.name = NULL}};
    const struct note_word others[] = {note_text("column", "district"), {.name = NULL}};
    job_begin(&job);
    struct table *table = new_table(&job, &made, 0);
    assert_ok(&job, table_add_note(&job.ctx, table, "note.design.one_stratum", words));
    assert_ok(&job, table_add_note(&job.ctx, table, "note.design.one_stratum", words));
    assert_ok(&job, table_add_note(&job.ctx, table, "note.design.one_stratum", others));
    assert_ok(&job, table_add_note(&job.ctx, table, "note.design.weighted", NULL));
    column[0] = '!';
    assert_int_equal(table->note_count, 3);
    assert_string_equal(table->notes[0].english, "All answers stand in one stratum (column region), which changes nothing.");
    assert_string_equal(table->notes[1].english, "All answers stand in one stratum (column district), which changes nothing.");
    assert_string_equal(table->notes[2].english, "Answers are weighted.");
    const char *german = NULL;
    assert_ok(&job, note_say(&job.ctx, "de", &table->notes[0], &german));
    assert_string_equal(german, "Alle Antworten stehen in einer einzigen Schicht (Spalte region); das ändert nichts.");
    job_end(&job);
}

/* "The table of a measure for everyone (by_count 0), or NULL." */
static void sections_find_the_table_for_everyone(void **state)
{
    (void)state;
    struct job job;
    const struct released_table *released[3] = {NULL};
    const struct table *tables[3];
    job_begin(&job);
    tables[0] = new_table(&job, &made, 1);
    tables[1] = new_table(&job, &other, 0);
    tables[2] = new_table(&job, &made, 0);
    for (uint32_t i = 0; i < 3; i++)
        assert_ok(&job, released_table_seal(&job.ctx, tables[i], 9, 2 + i, 5, &released[i]));
    struct report_tables all = {.tables = released, .count = 3}, fewer = {.tables = released, .count = 2};
    assert_ptr_equal(report_table(&all, "made"), released[2]);
    assert_ptr_equal(report_table(&all, "other"), released[1]);
    assert_null(report_table(&fewer, "made"));
    assert_ptr_equal(released_table_view(released[0]), tables[0]);
    assert_int_equal(released_table_groups(released[0]), 9);
    assert_int_equal(released_table_hidden_groups(released[2]), 4);
    assert_int_equal(released_table_floor(released[0]), 5);
    job_end(&job);
}

/* "headings, sentences, tables and charts in reading order" */
static void documents_keep_the_order_of_their_blocks(void **state)
{
    (void)state;
    struct job job;
    struct document *document = NULL;
    struct document_head head = {.title = "Counter", .floor = 5};
    job_begin(&job);
    assert_ok(&job, document_create(&job.ctx, &head, &document));
    for (unsigned i = 0; i < 100; i++) {
        struct document_block *block = NULL;
        assert_ok(&job, document_add(&job.ctx, document, i % 2 == 0 ? DOCUMENT_HEADING : DOCUMENT_TABLE, &block));
        assert_null(block->text);
        block->level = i;
    }
    assert_string_equal(document->head.title, "Counter");
    assert_int_equal(document->block_count, 100);
    for (unsigned i = 0; i < 100; i++) {
        assert_int_equal(document->blocks[i].level, i);
        assert_int_equal(document->blocks[i].kind, i % 2 == 0 ? DOCUMENT_HEADING : DOCUMENT_TABLE);
    }
    job_end(&job);
}

/* "Of several models the largest counts", also of those that a table takes over. */
static void the_largest_model_counts(void **state)
{
    (void)state;
    struct table plain = {.measure = NULL}, modelled = plain, both = plain;
    table_rests_on_model(&modelled, 4);
    table_rests_on_model(&modelled, 7);
    table_rests_on_model(&modelled, 5);
    assert_true(modelled.needs_whole_model && modelled.parameters == 7);
    struct ctx ctx = {0};
    assert_int_equal(table_take(&ctx, &both, &plain), STATUS_OK);
    assert_true(!both.needs_whole_model && both.parameters == 0);
    assert_int_equal(table_take(&ctx, &both, &modelled), STATUS_OK);
    assert_int_equal(table_take(&ctx, &both, &plain), STATUS_OK);
    assert_true(both.needs_whole_model && both.parameters == 7);
}

/* "By file extension (".html", not minding case), or by name; NULL when there is none." */
static void registered_renderers_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < renderer_register_count; i++) {
        const struct renderer *renderer = renderer_register[i];
        assert_ptr_equal(renderer_find(span_of(renderer->name)), renderer);
        if (renderer->extension != NULL)
            assert_ptr_equal(renderer_for_extension(span_of(renderer->extension)), renderer);
    }
    assert_null(renderer_find(span_of("no such output")));
    assert_null(renderer_for_extension(span_of(".docx")));
    assert_null(renderer_for_extension(span_of("")));
    if (renderer_find(span_of("html")) != NULL)
        assert_ptr_equal(renderer_for_extension(span_of(".HTML")), renderer_find(span_of("html")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_begin_blank_and_stay),
        cmocka_unit_test(values_carry_their_kind),
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(notes_are_added_once),
        cmocka_unit_test(the_largest_model_counts),
        cmocka_unit_test(sections_find_the_table_for_everyone),
        cmocka_unit_test(documents_keep_the_order_of_their_blocks),
        cmocka_unit_test(registered_renderers_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
