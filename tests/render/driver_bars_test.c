/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "support/picture_reading.h"

static const char *const labels[] = {
    "ask", "a driver of the usual length", "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung ohne Leerzeichen",
    "a driver whose words go on and on, far beyond the room that two lines of a label leave for it in any picture of ours"};

struct driver {
    const char *name;
    double part, low, high; /* low > high: not drawn again */
    double b, half, p;
};

static struct row *driver_add(struct hand *hand, struct table *table, const struct driver *driver)
{
    struct row *row = hand_row(hand, table, "satisfaction");
    hand_text(table, row, "predictors", "gap");
    hand_text(table, row, "driver", driver->name);
    hand_number(table, row, "lmg", driver->part);
    hand_number(table, row, "lmg_share", driver->part / 0.5);
    if (driver->low <= driver->high) {
        hand_number(table, row, "lmg_low", driver->low);
        hand_number(table, row, "lmg_high", driver->high);
    }
    hand_number(table, row, "b", driver->b);
    hand_number(table, row, "ci_low", driver->b - driver->half);
    hand_number(table, row, "ci_high", driver->b + driver->half);
    hand_number(table, row, "p_holm", driver->p);
    return row;
}

static double box_width(const struct mark *box)
{
    return box->to.x - box->at.x;
}

/* Bars begin at zero and are as long as the parts they stand for; filled: shown, hollow: not. */
static void bars_are_as_long_as_parts(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "drivers", NULL);
    (void)driver_add(&hand, table, &(struct driver){"speed", 0.4, 1, 0, 0.5, 0.1, 0.01});
    (void)driver_add(&hand, table, &(struct driver){"care", 0.1, 1, 0, -0.2, 0.3, 0.2});
    struct picture picture = picture_of(&hand, "driver_bars", ROOM_WIDE);
    picture_assert_readable(&picture);
    const struct mark *first = picture_mark(&picture, MARK_BOX, 0), *second = picture_mark(&picture, MARK_BOX, 1);
    assert_true(first->at.x == second->at.x && fabs(box_width(first) - 136) < 1e-9 && fabs(box_width(second) - 34) < 1e-9);
    assert_false(first->hollow);
    assert_true(second->hollow);
    assert_non_null(picture_find_text(&picture, "80 %"));
    assert_non_null(picture_find_text(&picture, "+0.50"));
    assert_non_null(picture_find_text(&picture, "[−0.50, 0.10]"));
    assert_non_null(picture_find_text(&picture, "shown"));
    assert_non_null(picture_find_text(&picture, "not shown"));
    assert_non_null(picture_find_text(&picture, "Speed"));
    assert_string_equal(picture.description, "2 rows, from Speed +0.50 to Care −0.20. The table holds all numbers.");
    /* b from −0.6 to 0.6 over 440 … 530 */
    const struct mark *dot = picture_mark(&picture, MARK_DOT, 0), *open = picture_mark(&picture, MARK_DOT, 1);
    assert_true(fabs(dot->at.x - (485 + 45 * 0.5 / 0.6)) < 1e-9 && !dot->hollow);
    assert_true(fabs(open->at.x - (485 - 45 * 0.2 / 0.6)) < 1e-9 && open->hollow);
    hand_number(table, &table->rows[1], "lmg", 0.2);
    picture = picture_of(&hand, "driver_bars", ROOM_WIDE);
    assert_true(fabs(box_width(picture_mark(&picture, MARK_BOX, 1)) - 68) < 1e-9);
    hand_end(&hand);
}

/* The interval of a part is drawn where it was drawn again, and the share stands beyond its end. */
static void intervals_of_parts(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    struct table *table = hand_table(&hand, "drivers", NULL);
    (void)driver_add(&hand, table, &(struct driver){"speed", 0.2, 0.1, 0.4, 0.5, 0.1, 0.01});
    struct picture picture = picture_of(&hand, "driver_bars", ROOM_WIDE);
    const struct mark *share = picture_find_text(&picture, "40 %");
    assert_non_null(share);
    assert_true(fabs(share->at.x - (388 + 6)) < 1e-9);
    bool found = false;
    for (size_t i = 0; i < picture.mark_count; i++) {
        const struct mark *mark = &picture.marks[i];
        found = found || (mark->kind == MARK_LINE && fabs(mark->at.x - (252 + 34)) < 1e-9 && fabs(mark->to.x - 388) < 1e-9);
    }
    assert_true(found);
    hand_end(&hand);
}

/* A wild interval does not press the others together: it ends in an arrow, and its numbers stand beside it. */
static void wild_intervals_are_cut(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "drivers", NULL);
    (void)driver_add(&hand, table, &(struct driver){"speed", 0.2, 1, 0, 0.5, 0.1, 0.01});
    (void)driver_add(&hand, table, &(struct driver){"care", 0.1, 1, 0, 0.4, 100, 0.9});
    for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
        struct picture picture = picture_of(&hand, "driver_bars", room);
        picture_assert_readable(&picture);
        assert_non_null(picture_find_text(&picture, "[−99.60, 100.40]"));
        if (room == ROOM_WIDE) /* reach 3 × 0.5 */
            assert_true(fabs(picture_mark(&picture, MARK_DOT, 0)->at.x - (485 + 45 * 0.5 / 1.5)) < 1e-9);
    }
    hand_end(&hand);
}

/* 1, 3, 22 and 60 drivers with short and long words, in every room; blanks say why */
static void texts_never_overlap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 3, 22, 60};
    for (size_t c = 0; c < 4; c++) {
        struct hand hand;
        hand_begin(&hand, 1);
        struct table *table = hand_table(&hand, "drivers", NULL);
        for (uint32_t i = 0; i < counts[c]; i++)
            (void)driver_add(&hand, table,
                             &(struct driver){labels[i % 4], 0.4 / (i + 1), 0.3 / (i + 1), 0.5 / (i + 1), 1.0 - 0.1 * i, 0.4,
                                              i % 2 ? 0.2 : 0.001});
        struct row *blank = driver_add(&hand, table, &(struct driver){"empty", 0, 1, 0, 0, 0, 1});
        for (uint32_t i = 4; i < table->column_count; i++)
            blank->values[i] = value_blank(REASON_SINGULAR);
        for (enum chart_room room = 0; room < ROOM_COUNT; room++) {
            struct picture picture = picture_of(&hand, "driver_bars", room);
            picture_assert_readable(&picture);
            assert_int_equal(picture_count(&picture, MARK_BOX, TONE_FIRST), counts[c]);
        }
        hand_end(&hand);
    }
}

/* A block may want some rows, in its own order, and not more than so many. */
static void a_block_chooses_rows(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *table = hand_table(&hand, "drivers", NULL);
    (void)driver_add(&hand, table, &(struct driver){"speed", 0.2, 1, 0, 0.5, 0.1, 0.01});
    (void)driver_add(&hand, table, &(struct driver){"care", 0.1, 1, 0, 0.4, 0.1, 0.9});
    (void)driver_add(&hand, table, &(struct driver){"other", 0.1, 1, 0, 0.4, 0.1, 0.9});
    struct report_tables tables = hand_release(&hand);
    static const uint32_t drawn[] = {1, 0};
    struct document_block block = {
        .kind = DOCUMENT_CHART, .chart = "driver_bars", .table = tables.tables[0], .drawn = drawn, .drawn_count = 2};
    struct picture picture;
    assert_ok(&hand.job, chart_draw(&hand.job.ctx, &hand.head, &block, ROOM_WIDE, &picture));
    assert_null(picture_find_text(&picture, "Other"));
    assert_true(picture_find_text(&picture, "Care") < picture_find_text(&picture, "Speed"));
    block.rows_most = 1;
    assert_ok(&hand.job, chart_draw(&hand.job.ctx, &hand.head, &block, ROOM_WIDE, &picture));
    assert_null(picture_find_text(&picture, "Speed"));
    assert_string_equal(picture.description, "One row: Care +0.40. The table holds all numbers.");
    hand_end(&hand);
}

static void nothing_to_draw(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    (void)hand_table(&hand, "drivers", NULL);
    struct picture picture = picture_of(&hand, "driver_bars", ROOM_WIDE);
    assert_int_equal(picture.mark_count, 0);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_are_as_long_as_parts), cmocka_unit_test(intervals_of_parts),
        cmocka_unit_test(wild_intervals_are_cut),    cmocka_unit_test(texts_never_overlap),
        cmocka_unit_test(a_block_chooses_rows),      cmocka_unit_test(nothing_to_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
