/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "model/measure.h"
#include "support/rendered_text.h"

static const struct rendering plain = {.utf8 = true};

/* "One table with full precision": header, RFC 4180 quotes, empty cells with their reason in the last column. */
static void one_table_to_the_byte(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "gap_contrasts", NULL);
    struct row *row = hand_row(&hand, table, "q,1");
    for (uint32_t i = 3; i < table->column_count; i++)
        row->values[i] = value_number(0.1 + i);
    hand_number(table, row, "difference", -1.0 / 3);
    hand_blank(table, row, "t", REASON_NO_VARIANCE);
    hand_blank(table, row, "df", REASON_TOO_FEW);
    hand_text(table, row, "other", "a \"b\"");
    hand_text(table, row, "tied", "yes");
    assert_string_equal(
        rendered_tables(&hand, "csv", plain),
        "item,other,n,difference,se,ci_low,ci_high,t,df,p,p_holm,tied,blank\r\n"
        "\"q,1\",\"a \"\"b\"\"\",100,-0.3333333333333333,4.1,5.1,6.1,,,9.1,10.1,yes,t=no_variance df=too_few\r\n");
    hand_end(&hand);
}

/* "with --by the grouped one, which is the last"; a segment's name is quoted as a whole. */
static void the_grouped_table_is_written(void **state)
{
    (void)state;
    static const char *const odd[] = {"branch, town"}, *const taken[] = {"gap"}, *const blank[] = {"blank"};
    static const char *const *const segments[] = {odd, taken, blank};
    static const char *const heads[] = {"\"branch, town\",item,", "by.gap,item,", "by.blank,item,"};
    for (size_t i = 0; i < 3; i++) {
        struct hand hand;
        hand_begin(&hand, 1);
        (void)hand_row(&hand, hand_table(&hand, "item_gap", NULL), "q1");
        struct table *table = hand_table(&hand, "item_gap", segments[i]);
        (void)hand_group_row(&hand, table, "q1", "Oslo", 40);
        (void)hand_group_row(&hand, table, "q1", NULL, 40);
        const char *text = rendered_tables(&hand, "csv", plain);
        assert_memory_equal(text, heads[i], strlen(heads[i]));
        assert_non_null(strstr(text, "\r\nOslo,q1,"));
        assert_non_null(strstr(text, "\r\n,q1,"));
        hand_end(&hand);
    }
}

/* A document without a table is no CSV. */
static void no_table_is_refused(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct document *document = NULL;
    struct out *out = NULL;
    assert_ok(&hand.job, document_create(&hand.job.ctx, &hand.head, &document));
    assert_ok(&hand.job, out_open_memory(&hand.job.ctx, &out));
    assert_int_equal(renderer_find(span_of("csv"))->render(&hand.job.ctx, document, &plain, out), STATUS_DATA);
    assert_string_equal(hand.job.ctx.error.sentence, "There is no table to write as CSV.");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_table_to_the_byte),
        cmocka_unit_test(the_grouped_table_is_written),
        cmocka_unit_test(no_table_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
