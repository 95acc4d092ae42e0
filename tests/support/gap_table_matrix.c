/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/gap_table_matrix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"
#include "support/table_cells.h"

static const unsigned dimension_of[GAP_TABLE_ITEMS] = {0, 0, 0, 0, 1, 1, 2, 2, 2};
static const char *const dimension_names[] = {"place", "staff", "time"};

/* Reads up to the next comma or line end. */
static const char *cell_next(const char *at, char *text, size_t size)
{
    size_t length = strcspn(at, ",\n");
    assert_true(length < size);
    memcpy(text, at, length);
    text[length] = '\0';
    return at + length + 1;
}

static const char *person_read(struct gap_table_matrix *out, unsigned person, const char *at)
{
    char text[8];
    at = cell_next(at, text, sizeof text);
    at = cell_next(at, out->branch_texts[person], sizeof out->branch_texts[person]);
    out->branches[person] = out->branch_texts[person];
    for (unsigned i = 0; i < 2 * GAP_TABLE_ITEMS; i++) {
        at = cell_next(at, text, sizeof text);
        int value = text[0] == '\0' || strcmp(text, "99") == 0 ? MATRIX_MISSING : (int)strtol(text, NULL, 10);
        if (i % GAP_TABLE_ITEMS == 4 && value != MATRIX_MISSING)
            value = 8 - value;
        int *side = i < GAP_TABLE_ITEMS ? out->expectation : out->perception;
        side[person * GAP_TABLE_ITEMS + i % GAP_TABLE_ITEMS] = value;
    }
    return at;
}

void gap_table_read(struct gap_table_matrix *out)
{
    *out = (struct gap_table_matrix){.oracle = oracle_read("gap_table")};
    const char *at = json_string_value(oracle_at(out->oracle, "answers"));
    assert_non_null(at);
    assert_int_equal(strncmp(at, "id,branch,e1,", 13), 0);
    at = strchr(at, '\n') + 1;
    for (unsigned person = 0; person < GAP_TABLE_PEOPLE; person++)
        at = person_read(out, person, at);
    assert_int_equal(*at, '\0');
    out->matrix = (struct answer_matrix){.people = GAP_TABLE_PEOPLE,
                                         .items = GAP_TABLE_ITEMS,
                                         .low = 1,
                                         .high = 7,
                                         .dimension_of = dimension_of,
                                         .dimension_names = dimension_names,
                                         .segments = out->branches};
    out->matrix.answers[STANDARD_EXPECTATION] = out->expectation;
    out->matrix.answers[STANDARD_PERCEPTION] = out->perception;
}

void gap_table_free(struct gap_table_matrix *study)
{
    json_decref(study->oracle);
}

void assert_row_json(const struct table *table, const struct row *row, json_t *expected, double digits)
{
    const char *name = NULL;
    json_t *value = NULL;
    unsigned compared = 0;
    json_object_foreach (expected, name, value) {
        uint32_t column = table_column(table, name);
        if (column == UINT32_MAX || table->measure->columns[column].kind == COLUMN_KEY)
            continue;
        assert_cell_json(table, row, name, value, digits);
        compared++;
    }
    assert_true(compared >= 3);
}
