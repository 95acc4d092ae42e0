/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/crossing.h"
#include "base/arena.h"

enum { PEOPLE = 4, SEGMENTS = 2 };

/* Five visits of four people: the first came twice to the same branch. */
static uint16_t values[5 * SEGMENTS] = {0, 0, 0, 0, 0, 1, 1, 1, 1, NO_SEGMENT_VALUE};
static uint32_t who[5] = {0, 0, 1, 2, 3};
static const struct segment columns[] = {{"branch"}, {"region"}};
static const char *const branches[] = {"A", "B"}, *const regions[] = {"North", "South"};

static const struct crossing_cell *cell_of(const struct crossing *crossing, const char *branch, const char *region)
{
    for (uint32_t i = 0; i < crossing->cell_count; i++) {
        const char *const *at = crossing->cells[i].values;
        bool same = region ? at[1] && strcmp(at[1], region) == 0 : !at[1];
        if (strcmp(at[0], branch) == 0 && same)
            return &crossing->cells[i];
    }
    fail_msg("no cell %s", branch);
    return NULL;
}

/* "Which values of the segments that one request asks for go together", with distinct respondents; "none when fewer than two
 * segments are asked for" */
static void cells_are_counted(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    struct study study = {.columns = {.segments = columns, .segment_count = SEGMENTS}};
    struct answers_chunk chunk = {.segments = values, .respondents = who};
    const char *const *const texts[] = {branches, regions};
    struct answers answers = {.study = &study,
                              .encounter_count = 5,
                              .respondent_count = PEOPLE,
                              .chunks = &chunk,
                              .chunk_count = 1,
                              .segment_values = texts};
    struct plan plan = {.study = &study, .set_count = 2, .sets = {{.segment_count = 0}, {.segments = {1}, .segment_count = 1}}};
    struct release_rule rule = {.floor = 5};
    assert_int_equal(crossing_make(&ctx, &answers, &plan, &rule), STATUS_OK);
    assert_int_equal(rule.crossing_count, 0);
    plan.sets[plan.set_count++] = (struct by_set){.segments = {0}, .segment_count = 1};
    assert_int_equal(crossing_make(&ctx, &answers, &plan, &rule), STATUS_OK);
    assert_int_equal(rule.crossing_count, 1);
    const struct crossing *crossing = &rule.crossings[0];
    assert_string_equal(crossing->segments[0], "branch");
    assert_string_equal(crossing->segments[1], "region");
    assert_int_equal(crossing->cell_count, 4);
    assert_int_equal(cell_of(crossing, "A", "North")->respondents, 1);
    assert_int_equal(cell_of(crossing, "A", "South")->respondents, 1);
    assert_int_equal(cell_of(crossing, "B", "South")->respondents, 1);
    assert_int_equal(cell_of(crossing, "B", NULL)->respondents, 1);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells_are_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
