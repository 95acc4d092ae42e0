/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/chance.h"
#include "disclose/lattice.h"
#include "support/whole_rank.h"

enum { FLOOR = 5, NODES_MOST = WHOLE_COLUMNS_MOST, DRAWS = 3000, REGIONS = 3, BRANCHES = 4 };

static struct ctx ctx;

/* A lattice, with the size of each node and whether it is hidden. */
struct scene {
    struct lattice *lattice;
    uint64_t sizes[NODES_MOST];
    bool hidden[NODES_MOST];
};

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

static struct scene scene_begin(void)
{
    struct scene scene = {.lattice = NULL};
    assert_int_equal(lattice_create(&ctx, &scene.lattice), STATUS_OK);
    return scene;
}

/* Adds a group of so many people; branch NULL: of one segment alone. */
static uint32_t group_add(struct scene *scene, const char *region, const char *branch, uint64_t size)
{
    uint32_t node = 0, count = 0;
    struct coordinate at[2];
    if (region)
        at[count++] = (struct coordinate){"region", region};
    if (branch)
        at[count++] = (struct coordinate){"branch", branch};
    assert_int_equal(lattice_add(&ctx, scene->lattice, at, count, &node), STATUS_OK);
    assert_true(lattice_node_count(scene->lattice) <= NODES_MOST);
    scene->sizes[node] = size;
    return node;
}

/* Those that hold too few are hidden, and what the lattice adds to them. */
static void scene_hide(struct scene *scene)
{
    assert_int_equal(lattice_link(&ctx, scene->lattice), STATUS_OK);
    lattice_fill_margins(scene->lattice, scene->sizes);
    for (uint32_t i = 1; i < lattice_node_count(scene->lattice); i++)
        scene->hidden[i] = scene->hidden[i] || scene->sizes[i] < FLOOR;
    assert_int_equal(lattice_protect(&ctx, scene->lattice, scene->sizes, scene->hidden, FLOOR), STATUS_OK);
}

/* No more groups. */
static void scene_protect(struct scene *scene)
{
    lattice_end_groups(scene->lattice);
    scene_hide(scene);
}

/* Regions a, b, … of these sizes: which are shown, as letters. */
static const char *shown_of(const uint64_t *sizes, uint32_t count)
{
    static char shown[16];
    struct scene scene = scene_begin();
    uint32_t nodes[16], length = 0;
    for (uint32_t i = 0; i < count; i++)
        nodes[i] = group_add(&scene, (const char[]){(char)('a' + (char)i), '\0'}, NULL, sizes[i]);
    scene_protect(&scene);
    assert_false(scene.hidden[0]);
    for (uint32_t i = 0; i < count; i++) {
        if (!scene.hidden[nodes[i]])
            shown[length++] = (char)('a' + (char)i);
    }
    shown[length] = '\0';
    return shown;
}

#define SHOWN(...) shown_of((const uint64_t[]){__VA_ARGS__}, sizeof((const uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t))

/* "in each sum at least two members are hidden or none, hidden cells under a shown margin hold at least `floor` people together; the
 * smallest shown cell is hidden first" */
static void one_segment(void **state)
{
    (void)state;
    assert_string_equal(SHOWN(9, 8, 7), "abc");
    assert_string_equal(SHOWN(9, 4, 8, 7), "ac");    /* the 4 is everyone less the rest: the 7 goes with it */
    assert_string_equal(SHOWN(9, 4, 1, 8), "ad");    /* 4 + 1 are a group that is large enough */
    assert_string_equal(SHOWN(9, 3, 1, 8, 7), "ad"); /* 3 + 1 are not */
    assert_string_equal(SHOWN(7, 4, 7, 9), "cd");    /* of two that are as small the first */
    assert_string_equal(SHOWN(9, 0, 8, 7), "ac");    /* nobody is a number as well */
    assert_string_equal(SHOWN(4, 9), "");
    assert_string_equal(SHOWN(9), "a"); /* everyone is in it */
}

/* "made with all its margins and sums when it was not there"; "in any order" */
static void nodes_and_margins(void **state)
{
    (void)state;
    struct scene scene = scene_begin();
    const struct coordinate there[] = {{"region", "north"}, {"branch", "one"}}, back[] = {{"branch", "one"}, {"region", "north"}};
    uint32_t node = 0, again = 0;
    assert_int_equal(lattice_node_count(scene.lattice), 1); /* everyone */
    assert_int_equal(lattice_add(&ctx, scene.lattice, there, 2, &node), STATUS_OK);
    assert_int_equal(lattice_node_count(scene.lattice), 4); /* region, branch and both */
    assert_int_equal(lattice_add(&ctx, scene.lattice, back, 2, &again), STATUS_OK);
    assert_int_equal(node, again);
    uint32_t north = group_add(&scene, "north", NULL, 1), one = group_add(&scene, NULL, "one", 1);
    assert_int_equal(lattice_node_count(scene.lattice), 4);
    assert_true(north != one && north != node && one != node && north != 0 && one != 0 && node != 0);
    lattice_end_groups(scene.lattice);
    uint32_t late = group_add(&scene, "south", NULL, 1);
    assert_true(lattice_is_shown(scene.lattice, 0) && lattice_is_shown(scene.lattice, node));
    assert_false(lattice_is_shown(scene.lattice, late));
}

/* Texts of customers that look like a key's own letters are groups of their own, and no answer is none of them */
static void keys_differ(void **state)
{
    (void)state;
    struct scene scene = scene_begin();
    static const char *const values[] = {NULL, "", "-", "-;", "1:-", "1:a1:b", "a", "=", "0:"};
    enum { VALUES = sizeof values / sizeof *values };
    uint32_t nodes[VALUES];
    for (uint32_t i = 0; i < VALUES; i++) {
        const struct coordinate at = {"region", values[i]};
        assert_int_equal(lattice_add(&ctx, scene.lattice, &at, 1, &nodes[i]), STATUS_OK);
        for (uint32_t k = 0; k < i; k++)
            assert_int_not_equal(nodes[i], nodes[k]);
    }
    assert_int_equal(lattice_node_count(scene.lattice), VALUES + 1);
}

/* "Gives each implied margin the sum of its cells, where its size is still 0; node 0 is left alone" */
static void margins_filled(void **state)
{
    (void)state;
    struct scene scene = scene_begin();
    (void)group_add(&scene, "north", "one", 7);
    (void)group_add(&scene, "north", "two", 8);
    (void)group_add(&scene, "south", "one", 9);
    (void)group_add(&scene, "north", "one", 7); /* as in another table: it is there, once */
    uint32_t north = group_add(&scene, "north", NULL, 0), south = group_add(&scene, "south", NULL, 4);
    uint32_t one = group_add(&scene, NULL, "one", 0), two = group_add(&scene, NULL, "two", 0);
    lattice_end_groups(scene.lattice);
    assert_int_equal(lattice_link(&ctx, scene.lattice), STATUS_OK);
    lattice_fill_margins(scene.lattice, scene.sizes);
    assert_int_equal(scene.sizes[0], 0);
    assert_int_equal(scene.sizes[north], 15);
    assert_int_equal(scene.sizes[south], 4);
    assert_int_equal(scene.sizes[one], 16);
    assert_int_equal(scene.sizes[two], 8);
}

/* "finds the nodes that are the same people, as where all of a branch lie in one region": what is hidden of one is hidden of both, and
 * neither is worked out from the other */
static void same_people(void **state)
{
    (void)state;
    struct scene scene = scene_begin();
    uint32_t north_one = group_add(&scene, "north", "one", 4), north_two = group_add(&scene, "north", "two", 6);
    uint32_t south_three = group_add(&scene, "south", "three", 9), south_four = group_add(&scene, "south", "four", 12);
    uint32_t one = group_add(&scene, NULL, "one", 4), two = group_add(&scene, NULL, "two", 6);
    uint32_t three = group_add(&scene, NULL, "three", 9), north = group_add(&scene, "north", NULL, 10);
    uint32_t south = group_add(&scene, "south", NULL, 21);
    scene_protect(&scene);
    assert_true(scene.hidden[north_one] && scene.hidden[one]);
    assert_true(scene.hidden[north_two] && scene.hidden[two]); /* the companion, in both tables */
    assert_false(scene.hidden[south_three] || scene.hidden[three] || scene.hidden[south_four]);
    assert_false(scene.hidden[north] || scene.hidden[south]);
}

/* What is hidden for another reason than its size is no less to be worked out, and a region of everyone is not everyone: it may be hidden */
static void hidden_already(void **state)
{
    (void)state;
    struct scene scene = scene_begin();
    uint32_t whole = group_add(&scene, "whole", NULL, 24), large = group_add(&scene, NULL, "large", 9);
    uint32_t middle = group_add(&scene, NULL, "middle", 8), small = group_add(&scene, NULL, "small", 7);
    scene.hidden[large] = scene.hidden[whole] = true;
    scene_protect(&scene);
    assert_true(scene.hidden[whole] && scene.hidden[large] && scene.hidden[small]);
    assert_false(scene.hidden[middle]);
}

/* A hidden margin protects what is in it: branch two, all in the north, may be shown although the rest of the north is three people, since
 * nobody knows how many the north has */
static void hidden_margin(void **state)
{
    (void)state;
    struct scene scene = scene_begin();
    uint32_t rest = group_add(&scene, "north", "one", 3), two = group_add(&scene, "north", "two", 9);
    uint32_t south = group_add(&scene, "south", "one", 4), east = group_add(&scene, "east", "one", 30);
    uint32_t north = group_add(&scene, "north", NULL, 12);
    scene.hidden[north] = true;
    scene_protect(&scene);
    assert_true(scene.hidden[south] && scene.hidden[north] && scene.hidden[rest]);
    assert_false(scene.hidden[two] || scene.hidden[east]);
}

/* "cells share people": those who came more than once are in several groups. 4 and 4 of a margin whose other cell holds 20 of 24 could be
 * the same four people, whom everyone less the 20 gives away; of 30 they are ten at least */
static void shared_people(void **state)
{
    (void)state;
    for (unsigned alone = 0; alone < 2; alone++) {
        struct scene scene = scene_begin();
        uint32_t first = group_add(&scene, "a", NULL, 4), second = group_add(&scene, "b", NULL, 4);
        uint32_t large = group_add(&scene, "c", NULL, 20), other = group_add(&scene, "d", NULL, 21);
        scene.sizes[0] = alone ? 49 : 45;
        scene_protect(&scene);
        assert_true(scene.hidden[first] && scene.hidden[second]);
        assert_int_equal(scene.hidden[large], !alone);
        assert_false(scene.hidden[other]);
    }
    /* whoever they share, six of one cell are six */
    struct scene scene = scene_begin();
    uint32_t nodes[] = {group_add(&scene, "a", NULL, 4), group_add(&scene, "b", NULL, 6), group_add(&scene, "c", NULL, 20),
                        group_add(&scene, "d", NULL, 30)};
    scene.sizes[0] = 51;
    scene_protect(&scene);
    assert_true(scene.hidden[nodes[0]] && scene.hidden[nodes[1]]);
    assert_false(scene.hidden[nodes[2]] || scene.hidden[nodes[3]]);
}

/* "nodes that are made from here on stand in sums, but are never shown; those that hold at least `floor` people may be worked out": all of
 * branch two lie in the north, so those of branch one in the north are the north less branch two. Five may be found so, four may not */
static void never_shown(void **state)
{
    (void)state;
    for (uint64_t size = FLOOR - 1; size <= FLOOR; size++) {
        struct scene scene = scene_begin();
        uint32_t north = group_add(&scene, "north", NULL, 20), south = group_add(&scene, "south", NULL, 30);
        uint32_t one = group_add(&scene, NULL, "one", 30 + size), two = group_add(&scene, NULL, "two", 20 - size);
        lattice_end_groups(scene.lattice);
        uint32_t cell = group_add(&scene, "north", "one", size);
        (void)group_add(&scene, "south", "one", 30);
        (void)group_add(&scene, "north", "two", 20 - size);
        assert_false(lattice_is_shown(scene.lattice, cell));
        assert_int_equal(lattice_link(&ctx, scene.lattice), STATUS_OK);
        assert_int_equal(lattice_protect(&ctx, scene.lattice, scene.sizes, scene.hidden, FLOOR), STATUS_OK);
        assert_int_equal(scene.hidden[two], size < FLOOR);
        assert_int_equal(scene.hidden[north] || scene.hidden[south] || scene.hidden[one], size < FLOOR);
        assert_false(scene.hidden[cell]); /* nobody asks: it has no row */
    }
}

/* A table of regions by branches, its margins, and which of its cells are there. */
struct crossing {
    struct scene scene;
    uint32_t cell[REGIONS][BRANCHES], region[REGIONS], branch[BRANCHES]; /* 0 = nobody is there */
};

static const char *const names[] = {"a", "b", "c", "d"};

static void sizes_draw(uint64_t draw, uint64_t sizes[REGIONS][BRANCHES])
{
    for (uint64_t i = 0; i < REGIONS * BRANCHES; i++)
        sizes[i / BRANCHES][i % BRANCHES] = chance_below(3, draw, i, 3) ? 1 + chance_below(3, draw, 50 + i, 14) : 0;
}

static void margins_add(struct crossing *crossing, uint64_t sizes[REGIONS][BRANCHES])
{
    uint64_t branches[BRANCHES] = {0}, all = 0;
    for (uint32_t r = 0; r < REGIONS; r++) {
        uint64_t region = 0;
        for (uint32_t b = 0; b < BRANCHES; b++) {
            region += sizes[r][b];
            branches[b] += sizes[r][b];
        }
        all += region;
        crossing->region[r] = region ? group_add(&crossing->scene, names[r], NULL, region) : 0;
    }
    for (uint32_t b = 0; b < BRANCHES; b++)
        crossing->branch[b] = branches[b] ? group_add(&crossing->scene, NULL, names[b], branches[b]) : 0;
    crossing->scene.sizes[0] = all;
}

/* takes   never  the cells are no groups of a table, but known to be there */
static void crossing_draw(struct crossing *crossing, uint64_t draw, bool never)
{
    uint64_t sizes[REGIONS][BRANCHES];
    sizes_draw(draw, sizes);
    *crossing = (struct crossing){.scene = scene_begin()};
    margins_add(crossing, sizes);
    if (never)
        lattice_end_groups(crossing->scene.lattice);
    for (uint32_t r = 0; r < REGIONS; r++)
        for (uint32_t b = 0; b < BRANCHES; b++)
            if (sizes[r][b])
                crossing->cell[r][b] = group_add(&crossing->scene, names[r], names[b], sizes[r][b]);
    if (!never)
        lattice_end_groups(crossing->scene.lattice);
}

/* Is it told nowhere how many they are? */
static bool is_secret(const struct scene *scene, uint32_t node)
{
    return scene->hidden[node] || !lattice_is_shown(scene->lattice, node);
}

/* Adds margin = cells to what an attacker knows: hidden members are unknown. Tests by the way that a sum is safe by itself. */
static void sum_add(const struct scene *scene, struct whole_system *known, uint32_t margin, const uint32_t *cells, uint32_t count)
{
    int64_t *row = known->at[known->rows++];
    uint64_t secret_people = 0;
    uint32_t present = 0, secret = is_secret(scene, margin), never = 0;
    row[margin] -= is_secret(scene, margin);
    for (uint32_t i = 0; i < count; i++) {
        present += cells[i] > 0;
        if (!cells[i] || !is_secret(scene, cells[i]))
            continue;
        row[cells[i]]++;
        secret++;
        never += !lattice_is_shown(scene->lattice, cells[i]);
        secret_people += scene->sizes[cells[i]];
    }
    if (present == 1)
        return; /* the margin and its cell are the same people */
    if (!never)
        assert_int_not_equal(secret, 1);
    if (!is_secret(scene, margin) && secret)
        assert_true(secret_people >= FLOOR);
}

static struct whole_system attack(const struct crossing *crossing)
{
    const struct scene *scene = &crossing->scene;
    struct whole_system known = {.columns = lattice_node_count(scene->lattice)};
    sum_add(scene, &known, 0, crossing->region, REGIONS);
    sum_add(scene, &known, 0, crossing->branch, BRANCHES);
    for (uint32_t r = 0; r < REGIONS; r++) {
        if (crossing->region[r])
            sum_add(scene, &known, crossing->region[r], crossing->cell[r], BRANCHES);
    }
    for (uint32_t b = 0; b < BRANCHES; b++) {
        uint32_t cells[REGIONS];
        for (uint32_t r = 0; r < REGIONS; r++)
            cells[r] = crossing->cell[r][b];
        if (crossing->branch[b])
            sum_add(scene, &known, crossing->branch[b], cells, REGIONS);
    }
    return known;
}

/* How many groups a draw leaves shown, and how many it hides although they are large enough. */
struct tally {
    uint32_t shown, more;
};

static void crossing_attack(uint64_t draw, bool never, struct tally *tally)
{
    struct crossing crossing;
    crossing_draw(&crossing, draw, never);
    const struct scene *scene = &crossing.scene;
    scene_hide(&crossing.scene);
    struct whole_system known = attack(&crossing);
    uint32_t rank = whole_rank(&known);
    assert_false(scene->hidden[0]);
    for (uint32_t node = 1; node < known.columns; node++) {
        bool told = lattice_is_shown(scene->lattice, node), small = scene->sizes[node] < FLOOR;
        assert_true(scene->hidden[node] || !told || !small);
        if (told ? scene->hidden[node] : small)
            assert_false(whole_fixes(&known, rank, node));
        tally->shown += told && !scene->hidden[node];
        tally->more += told && scene->hidden[node] && !small;
    }
}

/* "and no combination of sums fixes a hidden one": an attacker who solves all sums of 3,000 tables drawn by chance over the whole
 * numbers finds no hidden group, everyone stays, and what was hidden is hidden still; nor does he find a small group that no table shows */
static void no_combination(void **state)
{
    (void)state;
    for (unsigned never = 0; never < 2; never++) {
        struct tally tally = {0};
        for (uint64_t draw = 0; draw < DRAWS; draw++) {
            crossing_attack(draw, never, &tally);
            arena_destroy(ctx.arena);
            assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        }
        assert_true(tally.shown > DRAWS && tally.more > DRAWS / 4); /* neither is all hidden nor nothing but the small */
    }
}

/* "Too many groups to look for combinations of sums: only margins of one segment stay shown": of 200 regions by 200 branches none is,
 * also not those that hold enough */
static void too_many_groups(void **state)
{
    (void)state;
    enum { SIDE = 200, NODES = (SIDE + 1) * (SIDE + 1) };
    static uint64_t sizes[NODES];
    static bool hidden[NODES];
    struct lattice *lattice = NULL;
    assert_int_equal(lattice_create(&ctx, &lattice), STATUS_OK);
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        const char region[] = {(char)('!' + i / SIDE % 20), (char)('!' + i / SIDE / 20), '\0'};
        const char branch[] = {(char)('!' + i % SIDE % 20), (char)('!' + i % SIDE / 20), '\0'};
        const struct coordinate at[] = {{"region", region}, {"branch", branch}};
        uint32_t node = 0;
        assert_int_equal(lattice_add(&ctx, lattice, at, 2, &node), STATUS_OK);
        sizes[node] = i % 3 ? 2 : 9;
        hidden[node] = sizes[node] < FLOOR;
    }
    lattice_end_groups(lattice);
    assert_int_equal(lattice_node_count(lattice), NODES);
    assert_int_equal(lattice_link(&ctx, lattice), STATUS_OK);
    lattice_fill_margins(lattice, sizes);
    assert_int_equal(lattice_protect(&ctx, lattice, sizes, hidden, FLOOR), STATUS_OK);
    for (uint32_t i = 1; i < NODES; i++)
        assert_int_equal(hidden[i], sizes[i] <= 9); /* cells hold 2 or 9, margins more */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_segment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nodes_and_margins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keys_differ, set_up, tear_down),
        cmocka_unit_test_setup_teardown(margins_filled, set_up, tear_down),
        cmocka_unit_test_setup_teardown(same_people, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hidden_already, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hidden_margin, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shared_people, set_up, tear_down),
        cmocka_unit_test_setup_teardown(never_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_combination, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many_groups, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
