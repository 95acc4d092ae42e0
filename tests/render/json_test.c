/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "model/measure.h"
#include "support/rendered_text.h"

static const struct rendering plain = {.utf8 = true};

/* "{ "gapmeter": "0.1.0", "schema": 1, "study": {…}, "seed": 1, "tables": [ { "measure": …, "title": …, "by": …, "columns": …,
 *    "rows": [ { "item": "q1", …, "blank": {"t": "no_variance"}} ], "notes": ["…"] } ] }" */
static void a_small_document_to_the_byte(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "gap_contrasts", NULL);
    struct row *row = hand_row(&hand, table, "q1");
    for (uint32_t i = 3; i < table->column_count; i++)
        row->values[i] = value_blank(REASON_NO_VARIANCE);
    hand_number(table, row, "difference", -0.11);
    hand_text(table, row, "other", "a \"quoted\\ line\nand\x01");
    assert_ok(&hand.job, table_add_note(&hand.job.ctx, table, "note.design.weighted", NULL));
    const char *text = rendered_tables(&hand, "json", plain);
    const char *rows = strstr(text, "      \"rows\"");
    assert_non_null(rows);
    assert_string_equal(
        rows, "      \"rows\": [\n"
              "        {\"item\": \"q1\", \"other\": \"a \\\"quoted\\\\ line\\nand\\u0001\", \"n\": 100, \"difference\": -0.11, "
              "\"se\": null, \"ci_low\": null, \"ci_high\": null, \"t\": null, \"df\": null, \"p\": null, \"p_holm\": null, "
              "\"tied\": null, \"blank\": {\"se\": \"no_variance\", \"ci_low\": \"no_variance\", \"ci_high\": \"no_variance\", "
              "\"t\": \"no_variance\", \"df\": \"no_variance\", \"p\": \"no_variance\", \"p_holm\": \"no_variance\", \"tied\": "
              "\"no_variance\"}}\n"
              "      ],\n"
              "      \"notes\": [\n"
              "        \"Answers are weighted.\"\n"
              "      ]\n"
              "    }\n"
              "  ]\n"
              "}\n");
    const char *begin = "{\n"
                        "  \"gapmeter\": \"" GAPMETER_VERSION "\",\n"
                        "  \"schema\": 1,\n"
                        "  \"study\": {\"title\": \"A study\", \"respondents\": 100, \"encounters\": 100, \"pairs\": 100, "
                        "\"expectation\": \"will\", \"asked\": \"before\", \"weighted\": false, \"clusters\": null},\n"
                        "  \"seed\": 1,\n";
    assert_memory_equal(text, begin, strlen(begin));
    hand_end(&hand);
}

static json_t *parsed(const char *text)
{
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("line %d: %s\n%s", error.line, error.text, text);
    return root;
}

static json_t *first_row(json_t *root)
{
    return json_array_get(json_object_get(json_array_get(json_object_get(root, "tables"), 0), "rows"), 0);
}

/* "Numbers carry full double precision (shortest form that reads back equal)." */
static void numbers_read_back_equal(void **state)
{
    (void)state;
    static const double numbers[] = {0.1, -1.0 / 3, 1e300, 5e-324, 0.30000000000000004, -0.0, 123456789.125};
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "item_gap", NULL);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hand_number(table, hand_row(&hand, table, "q1"), "gap", numbers[i]);
    json_t *root = parsed(rendered_tables(&hand, "json", plain));
    json_t *rows = json_object_get(json_array_get(json_object_get(root, "tables"), 0), "rows");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double read = json_number_value(json_object_get(json_array_get(rows, i), "gap"));
        assert_true(read >= numbers[i] && read <= numbers[i]);
    }
    json_decref(root);
    hand_end(&hand);
}

/* "segment values are keys of the row", null where nobody said; a name that a row has already gets "by." in front. */
static void segments_are_keys_of_the_row(void **state)
{
    (void)state;
    static const char *const segments[] = {"branch", "gap", "blank"};
    static const char *const members[] = {"branch", "by.gap", "by.blank"};
    for (size_t i = 0; i < 3; i++) {
        struct hand hand;
        hand_begin(&hand, 1);
        struct table *table = hand_table(&hand, "item_gap", &segments[i]);
        (void)hand_group_row(&hand, table, "q1", i == 1 ? NULL : "Oslo \xc3\x86", 40);
        json_t *root = parsed(rendered_tables(&hand, "json", plain)), *row = first_row(root);
        json_t *value = json_object_get(row, members[i]);
        if (i == 1)
            assert_true(json_is_null(value));
        else
            assert_string_equal(json_string_value(value), "Oslo Æ");
        assert_true(json_is_null(json_object_get(row, "gap")));
        assert_string_equal(json_string_value(json_object_get(json_object_get(row, "blank"), "gap")), "not_applicable");
        json_t *by = json_object_get(json_array_get(json_object_get(root, "tables"), 0), "by");
        assert_string_equal(json_string_value(json_array_get(by, 0)), segments[i]);
        json_decref(root);
        hand_end(&hand);
    }
}

/* A seed is 64 bits wide, and a segment's name as long as a header may be. */
static void long_names_and_large_seeds(void **state)
{
    (void)state;
    static char name[3001];
    static const char *const segment[] = {name};
    memset(name, 'x', sizeof name - 1);
    struct hand hand;
    hand_begin(&hand, 1);
    hand.head.seed = UINT64_MAX;
    (void)hand_group_row(&hand, hand_table(&hand, "item_gap", segment), "q1", "Oslo", 40);
    const char *text = rendered_tables(&hand, "json", plain);
    assert_non_null(strstr(text, "\"seed\": 18446744073709551615,"));
    hand.head.seed = INT64_MAX; /* jansson reads no larger one */
    json_t *root = parsed(rendered_tables(&hand, "json", plain));
    assert_string_equal(json_string_value(json_object_get(first_row(root), name)), "Oslo");
    json_decref(root);
    hand_end(&hand);
}

/* A table may stand in several places of a document (picture, table); it is written once. */
static void a_table_is_written_once(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "item_gap", NULL);
    (void)hand_gap_row(&hand, table, &(struct hand_gap){"q1", -0.4, 0.1, "short"});
    struct report_tables tables = hand_release(&hand);
    struct document *document = NULL;
    assert_ok(&hand.job, document_create(&hand.job.ctx, &hand.head, &document));
    for (unsigned i = 0; i < 3; i++) {
        struct document_block *block = NULL;
        assert_ok(&hand.job, document_add(&hand.job.ctx, document, i ? DOCUMENT_TABLE : DOCUMENT_CHART, &block));
        block->table = tables.tables[0];
        block->text = "A table";
    }
    json_t *root = parsed(rendered_text(&hand.job, document, "json", plain));
    assert_int_equal(json_array_size(json_object_get(root, "tables")), 1);
    json_decref(root);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_document_to_the_byte), cmocka_unit_test(numbers_read_back_equal),
        cmocka_unit_test(segments_are_keys_of_the_row), cmocka_unit_test(long_names_and_large_seeds),
        cmocka_unit_test(a_table_is_written_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
