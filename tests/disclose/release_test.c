/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/chance.h"
#include "disclose/release.h"
#include "model/measure.h"

static const struct column fake_columns[] = {
    {.name = "item", .title = "Item", .unit = "", .meaning = "Which.", .kind = COLUMN_KEY},
    {.name = "n", .title = "n", .unit = "customers", .meaning = "How many.", .kind = COLUMN_COUNT},
    {.name = "gap", .title = "Gap", .unit = "scale points", .meaning = "How far.", .digits = 2, .kind = COLUMN_NUMBER},
    {.name = "share_short",
     .title = "Short",
     .unit = "share",
     .meaning = "Which part.",
     .digits = 2,
     .kind = COLUMN_NUMBER,
     .tells_share = true},
    {.name = "n_negative",
     .title = "Fewer",
     .unit = "customers",
     .meaning = "Tells the share.",
     .kind = COLUMN_COUNT,
     .tells_share = true},
};
static const struct measure fake = {.name = "fake", .title = "Fake", .columns = fake_columns, .column_count = 5};

static struct ctx ctx;

static int set_up(void **state)
{
    (void)state;
    memset(&ctx, 0, sizeof ctx);
    return arena_create(NULL, &ctx.arena) != STATUS_OK;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

/* A row in which the whole group answered. */
static void row_add(struct table *table, const char *const *by, uint32_t group, uint64_t n)
{
    struct row *row = NULL;
    assert_int_equal(table_add_row(&ctx, table, &row), STATUS_OK);
    for (uint32_t i = 0; i < table->by_count; i++)
        row->by[i] = by[i];
    row->support = n;
    row->group_size = n;
    row->group = group;
    row->values[0] = value_text("q1");
    row->values[1] = value_count(n);
    row->values[2] = value_number(-0.5);
    row->values[3] = value_number(0.25);
    row->values[4] = value_count(n / 4);
}

static struct table *table_by(const char *const *by, uint32_t by_count)
{
    struct table *table = NULL;
    assert_int_equal(table_create(&ctx, &fake, by, by_count, &table), STATUS_OK);
    return table;
}

static const char *const branch[] = {"branch"}, *const sex[] = {"sex"}, *const both[] = {"branch", "sex"};
static const char *const names[] = {"A", "B", "C", "D"}, *const sexes[] = {"w", "x", "y", "z"};

static const struct table *one_way(const char *const *segment, const char *const *values, const uint64_t *sizes, uint32_t count)
{
    struct table *table = table_by(segment, 1);
    for (uint32_t i = 0; i < count; i++)
        row_add(table, &values[i], i, sizes[i]);
    return table;
}

static const struct released_table *release_one(const struct table *table, struct release_rule rule)
{
    const struct released_table *const *released = NULL;
    assert_int_equal(tables_release(&ctx, &table, 1, rule, &released), STATUS_OK);
    return released[0];
}

static const struct released_table *release_branches(const uint64_t *sizes, uint32_t count, uint32_t floor)
{
    return release_one(one_way(branch, names, sizes, count), (struct release_rule){.floor = floor});
}

static bool row_is_hidden(const struct released_table *released, uint32_t r)
{
    const struct value *n = &released_table_view(released)->rows[r].values[1];
    return n->kind == VALUE_BLANK && n->reason == REASON_SUPPRESSED;
}

/* "a whole group when it has fewer than `floor` respondents … so the smallest shown one is hidden as well" */
static void the_small_group_and_its_complement_are_hidden(void **state)
{
    (void)state;
    const struct released_table *released = release_branches((const uint64_t[]){40, 3, 25, 60}, 4, 5);
    assert_int_equal(released_table_hidden_groups(released), 2);
    assert_int_equal(released_table_groups(released), 4);
    assert_false(row_is_hidden(released, 0));
    assert_true(row_is_hidden(released, 1));
    assert_true(row_is_hidden(released, 2));
    assert_false(row_is_hidden(released, 3));
    assert_string_equal(released_table_view(released)->rows[1].values[0].text, "q1"); /* keys stay */
}

/* "the hidden cells must be at least two and hold at least `floor` respondents together" */
static void hidden_groups_hold_the_floor_together(void **state)
{
    (void)state;
    assert_int_equal(released_table_hidden_groups(release_branches((const uint64_t[]){40, 1, 2, 60}, 4, 5)), 3);
    assert_int_equal(released_table_hidden_groups(release_branches((const uint64_t[]){40, 3, 2, 60}, 4, 5)), 2);
    assert_int_equal(released_table_hidden_groups(release_branches((const uint64_t[]){97, 3}, 2, 5)), 2);
    assert_int_equal(released_table_hidden_groups(release_branches((const uint64_t[]){97, 30}, 2, 5)), 0);
}

/* "hold at least `floor` different respondents together (repeat visits count once)": the same three people in both. */
static void repeat_visits_count_once(void **state)
{
    (void)state;
    const struct table *table = one_way(branch, names, (const uint64_t[]){3, 3, 40, 60}, 4);
    assert_int_equal(released_table_hidden_groups(release_one(table, (struct release_rule){.floor = 5})), 2);
    assert_int_equal(released_table_hidden_groups(release_one(table, (struct release_rule){.floor = 5, .respondents = 106})), 2);
    assert_int_equal(released_table_hidden_groups(release_one(table, (struct release_rule){.floor = 5, .respondents = 103})), 3);
    /* everybody went everywhere: the second hidden group alone holds the floor */
    const struct table *all = one_way(branch, names, (const uint64_t[]){3, 40, 40, 40}, 4);
    assert_int_equal(released_table_hidden_groups(release_one(all, (struct release_rule){.floor = 5, .respondents = 40})), 2);
}

/* The same for the people behind one row: everyone's row says how many they are. */
static void repeat_visits_count_once_in_a_row(void **state)
{
    (void)state;
    struct table *table = table_by(branch, 1), *everyone = table_by(NULL, 0);
    for (uint32_t i = 0; i < 4; i++)
        row_add(table, &names[i], i, 20 + i);
    row_add(everyone, NULL, 0, 80);
    table->rows[0].support = table->rows[1].support = 3;
    everyone->rows[0].support = 3 + 22 + 23;
    const struct table *tables[] = {everyone, table};
    const struct released_table *const *released = NULL;
    assert_int_equal(tables_release(&ctx, tables, 2, (struct release_rule){.floor = 5, .respondents = 86}, &released), STATUS_OK);
    assert_true(row_is_hidden(released[1], 0) && row_is_hidden(released[1], 1) && row_is_hidden(released[1], 2));
    assert_false(row_is_hidden(released[1], 3));
}

static const char *const region[] = {"region"}, *const nested[] = {"branch", "region"};
static const char *const many[] = {"A", "B", "C", "D", "E", "F", "G", "H"};

/* Releases branches and regions of one request, and which of them go together.
 * takes   at  the region of each crossing cell, sizes their people; cells of branch and region in any order */
static const struct released_table *const *release_linked(const struct table *const *tables, const struct crossing_cell *cells,
                                                          uint32_t count)
{
    struct crossing *crossing = arena_alloc(ctx.arena, sizeof *crossing);
    const struct released_table *const *released = NULL;
    assert_non_null(crossing);
    *crossing = (struct crossing){.segments = nested, .segment_count = 2, .cells = cells, .cell_count = count};
    struct release_rule rule = {.floor = 5, .crossings = crossing, .crossing_count = 1};
    assert_int_equal(tables_release(&ctx, tables, 2, rule, &released), STATUS_OK);
    return released;
}

/* "a branch that makes the difference between a region and its other branches counts as one of that line" */
static void a_branch_inside_a_region_is_not_given_away(void **state)
{
    (void)state;
    const struct table *tables[] = {one_way(branch, names, (const uint64_t[]){3, 30, 10, 40}, 4),
                                    one_way(region, sexes, (const uint64_t[]){33, 50}, 2)};
    const char *const at[4][2] = {{"A", "w"}, {"B", "w"}, {"C", "x"}, {"D", "x"}};
    const struct crossing_cell cells[] = {{at[0], 3}, {at[1], 30}, {at[2], 10}, {at[3], 40}};
    const struct released_table *const *released = release_linked(tables, cells, 4);
    assert_true(row_is_hidden(released[0], 0));
    assert_true(row_is_hidden(released[0], 1) || row_is_hidden(released[1], 0)); /* else A = w − B */
    assert_false(row_is_hidden(released[0], 3));
}

/* "the difference of two shown groups must not be fewer than `floor`": of 20 in A all but one are in w, and nobody else is. */
static void the_difference_of_two_segments_is_not_one_person(void **state)
{
    (void)state;
    const char *const at[3][2] = {{"A", "w"}, {"A", "x"}, {"B", "x"}};
    const struct table *tables[] = {one_way(branch, names, (const uint64_t[]){20, 30}, 2),
                                    one_way(region, sexes, (const uint64_t[]){19, 31}, 2)};
    const struct crossing_cell cells[] = {{at[0], 19}, {at[1], 1}, {at[2], 30}};
    const struct released_table *const *released = release_linked(tables, cells, 3);
    assert_true(row_is_hidden(released[0], 0) || row_is_hidden(released[1], 0)); /* A − w */
    assert_true(row_is_hidden(released[0], 1) || row_is_hidden(released[1], 1)); /* x − B */
    /* with six people between them nothing is hidden */
    const struct table *wide[] = {one_way(branch, names, (const uint64_t[]){25, 30}, 2),
                                  one_way(region, sexes, (const uint64_t[]){19, 36}, 2)};
    const struct crossing_cell more[] = {{at[0], 19}, {at[1], 6}, {at[2], 30}};
    released = release_linked(wide, more, 3);
    assert_int_equal(released_table_hidden_groups(released[0]) + released_table_hidden_groups(released[1]), 0);
}

/* "1 hides nothing" */
static void a_floor_of_one_hides_nothing(void **state)
{
    (void)state;
    const struct released_table *released = release_branches((const uint64_t[]){97, 1}, 2, 1);
    assert_int_equal(released_table_hidden_groups(released), 0);
    assert_int_equal(released_table_view(released)->rows[1].values[3].kind, VALUE_NUMBER);
    /* Nor an item that nobody of the group answered. */
    assert_false(row_is_hidden(release_branches((const uint64_t[]){97, 0}, 2, 1), 1));
}

/* "Shares, and the counts that give them away, need 10 respondents by the same rule" */
static void shares_need_ten(void **state)
{
    (void)state;
    const struct table *table = released_table_view(release_branches((const uint64_t[]){40, 7, 25, 60}, 4, 5));
    assert_int_equal(table->rows[1].values[2].kind, VALUE_NUMBER);
    assert_int_equal(table->rows[1].values[3].reason, REASON_SUPPRESSED);
    assert_int_equal(table->rows[1].values[4].reason, REASON_SUPPRESSED);
    assert_int_equal(table->rows[2].values[3].reason, REASON_SUPPRESSED); /* its complement */
    assert_int_equal(table->rows[0].values[3].kind, VALUE_NUMBER);
}

/* "the server's rule: tables over everyone are floored too" — and what was computed stays as it was. */
static void totals_are_floored_when_asked(void **state)
{
    (void)state;
    struct table *table = table_by(NULL, 0);
    row_add(table, NULL, 0, 3);
    assert_false(row_is_hidden(release_one(table, (struct release_rule){.floor = 5}), 0));
    assert_true(row_is_hidden(release_one(table, (struct release_rule){.floor = 5, .floor_totals = true}), 0));
    assert_int_equal(table->rows[0].values[1].kind, VALUE_COUNT);
}

/* A row with too little support in a group that is large enough hides alone with its complement. */
static void a_thin_row_hides_within_a_large_group(void **state)
{
    (void)state;
    struct table *table = table_by(branch, 1);
    for (uint32_t i = 0; i < 3; i++)
        row_add(table, &names[i], i, 20 + i);
    table->rows[1].support = 4;
    const struct released_table *released = release_one(table, (struct release_rule){.floor = 5});
    assert_int_equal(released_table_hidden_groups(released), 0);
    assert_true(row_is_hidden(released, 0));
    assert_true(row_is_hidden(released, 1));
    assert_false(row_is_hidden(released, 2));
}

/* "Reasons that come from the study … stay, and such rows hide no other" */
static void what_was_not_asked_is_not_called_hidden(void **state)
{
    (void)state;
    struct table *table = table_by(branch, 1);
    for (uint32_t i = 0; i < 2; i++) {
        row_add(table, &names[i], i, 20 + i);
        table->rows[i].support = 0;
        for (uint32_t c = 1; c < 5; c++)
            table->rows[i].values[c] = value_blank(REASON_NOT_ASKED);
    }
    row_add(table, &names[2], 2, 3);
    table->rows[2].values[3] = value_blank(REASON_ONE_ITEM);
    const struct table *released = released_table_view(release_one(table, (struct release_rule){.floor = 5}));
    assert_int_equal(released->rows[2].values[1].reason, REASON_SUPPRESSED);
    assert_int_equal(released->rows[2].values[3].reason, REASON_ONE_ITEM);
    for (uint32_t c = 1; c < 5; c++)
        assert_int_equal(released->rows[0].values[c].reason, REASON_NOT_ASKED);
}

/* A figure hides with few people because its column says so, whatever its name. */
static void columns_say_whether_they_tell_a_share(void **state)
{
    (void)state;
    static const char *const telling[] = {"n_negative",  "sign_p", "wilcoxon_z", "wilcoxon_p",
                                          "share_short", "net",    "share_equal"};
    for (size_t m = 0; m < measure_register_count; m++) {
        for (uint32_t c = 0; c < measure_register[m]->column_count; c++) {
            const struct column *column = &measure_register[m]->columns[c];
            for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
                assert_true(strcmp(column->name, telling[i]) != 0 || column->tells_share);
            assert_true(strcmp(column->name, "n") != 0 || !column->tells_share);
        }
    }
}

/* ---- The attacker: every sum of groups is an equation. Can any hidden count be solved for? ---- */

#define SIDE     4u
#define CELLS    (SIDE * SIDE)
#define UNKNOWNS (CELLS + 2 * SIDE) /* cells, then branches, then sexes */
#define SUMS     (2 * SIDE + 2)

struct attack {
    double sums[SUMS][UNKNOWNS];
};

static void sums_subtract(struct attack *attack, uint32_t pivot, uint32_t column)
{
    for (uint32_t r = 0; r < SUMS; r++) {
        double factor = r == pivot ? 0 : attack->sums[r][column] / attack->sums[pivot][column];
        for (uint32_t k = 0; k < UNKNOWNS; k++)
            attack->sums[r][k] -= factor * attack->sums[pivot][k];
    }
}

/* Eliminates every other unknown; a sum that is left with this one alone gives it away. */
static bool unknown_is_fixed(struct attack attack, uint32_t unknown)
{
    bool used[SUMS] = {false};
    for (uint32_t c = 0; c < UNKNOWNS; c++) {
        uint32_t pivot = SUMS;
        for (uint32_t r = 0; r < SUMS && c != unknown; r++)
            pivot = pivot == SUMS && !used[r] && fabs(attack.sums[r][c]) > 1e-9 ? r : pivot;
        if (pivot == SUMS)
            continue;
        used[pivot] = true;
        sums_subtract(&attack, pivot, c);
    }
    for (uint32_t r = 0; r < SUMS; r++) {
        if (!used[r] && fabs(attack.sums[r][unknown]) > 1e-9)
            return true;
    }
    return false;
}

static uint32_t recovered(const bool *hidden)
{
    struct attack attack = {{{0}}};
    for (uint32_t i = 0; i < SIDE; i++) {
        for (uint32_t j = 0; j < SIDE; j++) {
            attack.sums[i][i * SIDE + j] = hidden[i * SIDE + j];
            attack.sums[SIDE + i][j * SIDE + i] = hidden[j * SIDE + i];
        }
        attack.sums[i][CELLS + i] = hidden[CELLS + i] ? -1 : 0;
        attack.sums[SIDE + i][CELLS + SIDE + i] = hidden[CELLS + SIDE + i] ? -1 : 0;
        attack.sums[2 * SIDE][CELLS + i] = hidden[CELLS + i];
        attack.sums[2 * SIDE + 1][CELLS + SIDE + i] = hidden[CELLS + SIDE + i];
    }
    uint32_t found = 0;
    for (uint32_t u = 0; u < UNKNOWNS; u++)
        found += hidden[u] && unknown_is_fixed(attack, u);
    return found;
}

/* One random study: what the attacker sees hidden of cells, branches and sexes. */
static void study_release(uint64_t study, bool *hidden)
{
    uint64_t branches[SIDE] = {0}, genders[SIDE] = {0};
    struct table *crossed = table_by(both, 2);
    for (uint32_t i = 0; i < CELLS; i++) {
        uint64_t size = 1 + chance_below(study, 1, i, 1 + chance_below(study, 2, i, 40));
        branches[i / SIDE] += size;
        genders[i % SIDE] += size;
        row_add(crossed, (const char *[]){names[i / SIDE], sexes[i % SIDE]}, i, size);
    }
    const struct table *tables[] = {one_way(branch, names, branches, SIDE), one_way(sex, sexes, genders, SIDE), crossed};
    const struct released_table *const *released = NULL;
    assert_int_equal(tables_release(&ctx, tables, 3, (struct release_rule){.floor = 5}, &released), STATUS_OK);
    for (uint32_t i = 0; i < CELLS; i++) {
        hidden[i] = row_is_hidden(released[2], i);
        assert_true(hidden[i] || crossed->rows[i].support >= 5);
    }
    for (uint32_t i = 0; i < SIDE; i++) {
        hidden[CELLS + i] = row_is_hidden(released[0], i);
        hidden[CELLS + SIDE + i] = row_is_hidden(released[1], i);
    }
}

/* One random study of eight branches, each wholly in one of four regions. */
static void nested_release(uint64_t study, uint32_t *inside, uint64_t *sizes, bool *hidden)
{
    const char *(*at)[2] = arena_array(ctx.arena, 2 * SIDE, sizeof *at);
    struct crossing_cell *cells = arena_array(ctx.arena, 2 * SIDE, sizeof *cells);
    uint64_t regions[SIDE] = {0};
    assert_true(at && cells);
    for (uint32_t i = 0; i < 2 * SIDE; i++) {
        inside[i] = i < SIDE ? i : (uint32_t)chance_below(study, 3, i, SIDE);
        sizes[i] = 1 + chance_below(study, 4, i, 1 + chance_below(study, 5, i, 40));
        regions[inside[i]] += sizes[i];
        at[i][0] = many[i];
        at[i][1] = sexes[inside[i]];
        cells[i] = (struct crossing_cell){at[i], sizes[i]};
    }
    const struct table *tables[] = {one_way(branch, many, sizes, 2 * SIDE), one_way(region, sexes, regions, SIDE)};
    const struct released_table *const *released = release_linked(tables, cells, 2 * SIDE);
    for (uint32_t i = 0; i < 2 * SIDE; i++)
        hidden[i] = row_is_hidden(released[0], i);
    for (uint32_t i = 0; i < SIDE; i++)
        hidden[CELLS + i] = row_is_hidden(released[1], i);
}

/* How many of the hidden branches and regions can be solved for. */
static uint32_t nested_recovered(const uint32_t *inside, const bool *hidden)
{
    struct attack attack = {{{0}}};
    uint32_t found = 0;
    for (uint32_t i = 0; i < 2 * SIDE; i++) {
        attack.sums[inside[i]][i] = hidden[i];
        attack.sums[SIDE][i] = hidden[i];
    }
    for (uint32_t i = 0; i < SIDE; i++) {
        attack.sums[i][CELLS + i] = hidden[CELLS + i] ? -1 : 0;
        attack.sums[SIDE + 1][CELLS + i] = hidden[CELLS + i];
    }
    for (uint32_t u = 0; u < UNKNOWNS; u++)
        found += hidden[u] && unknown_is_fixed(attack, u);
    return found;
}

static void no_hidden_branch_can_be_solved_for_from_its_region(void **state)
{
    uint32_t found = 0, hidden_in_all = 0, few = 0;
    for (uint64_t study = 0; study < 1000; study++) {
        uint32_t inside[2 * SIDE];
        uint64_t sizes[2 * SIDE], rest[SIDE] = {0};
        bool hidden[UNKNOWNS] = {false};
        nested_release(study, inside, sizes, hidden);
        found += nested_recovered(inside, hidden);
        for (uint32_t i = 0; i < 2 * SIDE; i++) {
            hidden_in_all += hidden[i];
            rest[inside[i]] += hidden[i] ? sizes[i] : 0;
        }
        for (uint32_t i = 0; i < SIDE; i++)
            few += !hidden[CELLS + i] && rest[i] > 0 && rest[i] < 5;
        (void)tear_down(state);
        assert_int_equal(set_up(state), 0);
    }
    print_message("1000 nested studies: %u branches of 8000 hidden, %u recovered\n", hidden_in_all, found);
    assert_int_equal(found, 0);
    assert_int_equal(few, 0); /* nor the sum of few people */
    assert_true(hidden_in_all > 1000 && hidden_in_all < 7000);
}

static void no_hidden_count_can_be_solved_for(void **state)
{
    uint32_t hidden_in_all = 0, shown_in_all = 0, found = 0;
    for (uint64_t study = 0; study < 1000; study++) {
        bool hidden[UNKNOWNS];
        study_release(study, hidden);
        for (uint32_t u = 0; u < UNKNOWNS; u++) {
            hidden_in_all += hidden[u];
            shown_in_all += !hidden[u];
        }
        found += recovered(hidden);
        (void)tear_down(state);
        assert_int_equal(set_up(state), 0);
    }
    print_message("1000 studies: %u cells hidden, %u shown, %u recovered\n", hidden_in_all, shown_in_all, found);
    assert_int_equal(found, 0);
    assert_true(hidden_in_all > 1000 && shown_in_all > 1000);
}

/* The attacker proves itself: with only the small cells hidden it does find people. */
static void the_attacker_finds_what_is_badly_hidden(void **state)
{
    (void)state;
    bool hidden[UNKNOWNS] = {[5] = true};
    assert_int_equal(recovered(hidden), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_small_group_and_its_complement_are_hidden, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hidden_groups_hold_the_floor_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(repeat_visits_count_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(repeat_visits_count_once_in_a_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_floor_of_one_hides_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shares_need_ten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(totals_are_floored_when_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_thin_row_hides_within_a_large_group, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_hidden_count_can_be_solved_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_branch_inside_a_region_is_not_given_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_difference_of_two_segments_is_not_one_person, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_hidden_branch_can_be_solved_for_from_its_region, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_asked_is_not_called_hidden, set_up, tear_down),
        cmocka_unit_test(columns_say_whether_they_tell_a_share),
        cmocka_unit_test(the_attacker_finds_what_is_badly_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
