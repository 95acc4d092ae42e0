/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "support/chart_samples.h"
#include "support/picture_reading.h"

static const uint32_t sizes[] = {1, 3, 22, 60};

/* Draws one sample in every room.
 * gives   in how many rooms there is something to see */
static unsigned sample_drawn(const char *name, uint32_t rows)
{
    struct hand hand;
    struct document_block block;
    unsigned drawn = 0;
    if (!chart_sample_begin(&hand, name, rows, &block))
        fail_msg("%s has no sample: add one to tests/support/chart_samples.c", name);
    for (enum chart_room room = 0; room < ROOM_COUNT && block.kind == DOCUMENT_CHART; room++) {
        struct picture picture;
        assert_ok(&hand.job, chart_draw(&hand.job.ctx, &hand.head, &block, room, &picture));
        if (!picture.mark_count)
            continue;
        picture_assert_readable(&picture);
        assert_true(*picture.title && *picture.subtitle && *picture.description);
        drawn++;
    }
    hand_end(&hand);
    return drawn;
}

/* "title that states the finding, subtitle with n and base", a description, no overlapping labels, in every room and at 1, 3, 22 and
 * 60 rows; and every registered chart has a sample, so that it is in the gallery. */
static void every_chart_is_readable(void **state)
{
    (void)state;
    for (size_t c = 0; c < chart_register_count; c++) {
        unsigned drawn = 0;
        for (size_t s = 0; s < 4; s++)
            drawn += sample_drawn(chart_register[c]->name, sizes[s]);
        if (drawn < 2 * ROOM_COUNT)
            fail_msg("%s is drawn in %u of its samples", chart_register[c]->name, drawn);
    }
}

/* The guide says of every chart how it is read. */
static void every_chart_is_in_the_guide(void **state)
{
    (void)state;
    static char guide[65536];
    FILE *file = fopen(GAPMETER_SOURCE_DIR "/docs/guide/charts.md", "rb");
    assert_non_null(file);
    size_t length = fread(guide, 1, sizeof guide - 1, file);
    assert_int_equal(fclose(file), 0);
    guide[length] = '\0';
    for (size_t c = 0; c < chart_register_count; c++) {
        char row[96];
        (void)snprintf(row, sizeof row, " (`%s`) | ", chart_register[c]->name);
        if (!strstr(guide, row))
            fail_msg("docs/guide/charts.md does not say how %s is read", chart_register[c]->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_chart_is_readable),
        cmocka_unit_test(every_chart_is_in_the_guide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
