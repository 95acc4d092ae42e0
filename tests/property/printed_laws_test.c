/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws that need no other program: what must not change the answer does not change a byte of the JSON, and what must
 * change it does so in the one way that arithmetic allows. Files in, JSON out, as a user sees them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/chance.h"
#include "support/program_run.h"
#include "support/scratch_folder.h"

enum { PEOPLE = 120, ITEMS = 7, ROW_ROOM = 128 };

/* What a law does to the answers. */
struct change {
    bool backwards;   /* the rows in the opposite order */
    unsigned copies;  /* everyone so often, under other names; 0 = once */
    int shift;        /* added to every answer, on a scale that is shifted too */
    bool turned;      /* item 3 asked the other way round, and said to be reversed */
    bool weight_ones; /* a weight of 1 for everyone */
    bool weighted;    /* weights of 1, 2 and 3 */
    bool repeated;    /* everyone as often as that weight says */
    bool stratified;  /* strata, and clusters within them */
};

struct law {
    struct scratch scratch;
    char *plain; /* the JSON of the unchanged study */
};

/* 0 = missing; expectations are high, perceptions follow them. */
static int answer(unsigned person, unsigned item, unsigned standard)
{
    uint64_t draw = chance_below(7, standard, person * ITEMS + item, 100);
    int base = 3 + (int)chance_below(7, 5, person, 3);
    if (draw < 4)
        return 0;
    int value = base + (int)(draw % 3) - (standard ? (int)(item % 3) : 0);
    return value < 1 ? 1 : value > 7 ? 7 : value;
}

static size_t cell_write(char *into, const struct change *change, unsigned person, unsigned item, unsigned standard)
{
    int value = answer(person, item, standard);
    if (!value)
        return (size_t)snprintf(into, ROW_ROOM, ",");
    if (change->turned && item == 2)
        value = 8 - value;
    return (size_t)snprintf(into, ROW_ROOM, ",%d", value + change->shift);
}

static unsigned weight_of(unsigned person)
{
    return 1 + person % 5 % 3;
}

static size_t row_write(char *into, const struct change *change, unsigned person, unsigned copy)
{
    size_t used = (size_t)snprintf(into, ROW_ROOM, "%u-%u,%s", person, copy, person % 3 ? "Oslo" : "Bergen");
    for (unsigned standard = 0; standard < 2; standard++) {
        for (unsigned item = 0; item < ITEMS; item++)
            used += cell_write(into + used, change, person, item, standard);
    }
    used += (size_t)snprintf(into + used, ROW_ROOM - used, ",1,%u,%c,%u\n", weight_of(person), "dacb"[person % 7 % 4],
                             person % 11 % 6);
    return used;
}

static void answers_save(struct scratch *scratch, const struct change *change)
{
    unsigned copies = change->repeated ? 3 : change->copies ? change->copies : 1;
    char *file = calloc(PEOPLE * copies + 1, ROW_ROOM);
    assert_non_null(file);
    size_t used = (size_t)snprintf(file, ROW_ROOM, "id,branch");
    for (unsigned standard = 0; standard < 2; standard++) {
        for (unsigned item = 1; item <= ITEMS; item++)
            used += (size_t)snprintf(file + used, ROW_ROOM, ",%c%u", standard ? 'p' : 'e', item);
    }
    used += (size_t)snprintf(file + used, ROW_ROOM, ",one,weight,region,shop\n");
    for (unsigned i = 0; i < PEOPLE * copies; i++) {
        unsigned row = change->backwards ? PEOPLE * copies - 1 - i : i;
        if (!change->repeated || row / PEOPLE < weight_of(row % PEOPLE))
            used += row_write(file + used, change, row % PEOPLE, row / PEOPLE);
    }
    (void)scratch_write(scratch, "answers.csv", file);
    free(file);
}

static void study_save(struct scratch *scratch, const struct change *change)
{
    char study[2048];
    size_t used = (size_t)snprintf(study, sizeof study,
                                   "{\"gapmeter\": 1, \"title\": \"Laws\", \"design\": {\"expectation\": \"will\", \"asked\": "
                                   "\"before\"}, \"scale\": {\"min\": %d, \"max\": %d, \"step\": 1}, \"dimensions\": [{\"id\": "
                                   "\"a\"}, {\"id\": \"b\"}], \"items\": [",
                                   1 + change->shift, 7 + change->shift);
    for (unsigned item = 1; item <= ITEMS; item++)
        used +=
            (size_t)snprintf(study + used, sizeof study - used, "%s{\"id\": \"q%u\", \"dimension\": \"%s\", \"reverse\": %s}",
                             item > 1 ? ", " : "", item, item < 4 ? "a" : "b", change->turned && item == 3 ? "true" : "false");
    (void)snprintf(study + used, sizeof study - used,
                   "], \"columns\": {\"respondent\": \"id\", \"expectation\": \"e{n}\", \"perception\": \"p{n}\", \"segments\": "
                   "[\"branch\"]%s%s}}",
                   change->weight_ones ? ", \"weight\": \"one\""
                   : change->weighted  ? ", \"weight\": \"weight\""
                                       : "",
                   change->stratified ? ", \"strata\": \"region\", \"cluster\": \"shop\"" : "");
    (void)scratch_write(scratch, "study.json", study);
}

/* The JSON of the changed study.
 * owns    the caller: free */
static char *analyse(struct scratch *scratch, const struct change *change, const char *threads)
{
    struct program_run run;
    answers_save(scratch, change);
    study_save(scratch, change);
    const char *const arguments[] = {"analyze",          "answers.csv", "--study",   "study.json",  "--by",
                                     "branch",           "--table",     "item_gap",  "--table",     "dimension_gap",
                                     "--table",          "overall_gap", "--table",   "reliability", "--table",
                                     "overall_item_gap", "--json",      "--threads", threads,       NULL};
    program_run(&run, &(struct program_call){.arguments = arguments, .folder = scratch->folder});
    if (run.exit_code)
        fail_msg("analyze failed: %s", run.err);
    char *json = run.out;
    run.out = NULL;
    program_run_clear(&run);
    return json;
}

static int set_up(void **state)
{
    static struct law law;
    scratch_create(&law.scratch);
    law.plain = analyse(&law.scratch, &(struct change){0}, "1");
    *state = &law;
    return 0;
}

static int tear_down(void **state)
{
    struct law *law = *state;
    free(law->plain);
    scratch_destroy(&law->scratch);
    return 0;
}

static void assert_same_bytes(struct law *law, const struct change *change, const char *threads)
{
    char *json = analyse(&law->scratch, change, threads);
    assert_string_equal(json, law->plain);
    free(json);
}

static void any_order_of_rows_gives_the_same_bytes(void **state)
{
    assert_same_bytes(*state, &(struct change){.backwards = true}, "1");
}

static void any_thread_count_gives_the_same_bytes(void **state)
{
    static const char *const threads[] = {"2", "3", "8"};
    for (size_t i = 0; i < 3; i++)
        assert_same_bytes(*state, &(struct change){.backwards = i == 1}, threads[i]);
}

/* "reversing twice": asked the other way round and said to be reversed. */
static void turning_an_item_twice_gives_the_same_bytes(void **state)
{
    assert_same_bytes(*state, &(struct change){.turned = true}, "2");
}

/* Walks two JSON values side by side; members for which `other` says so may differ. */
static void assert_same_but(json_t *a, json_t *b, bool (*other)(const char *name), const char *name)
{
    if (other(name))
        return;
    if (json_is_object(a)) {
        const char *key = NULL;
        json_t *value = NULL;
        json_object_foreach (a, key, value)
            assert_same_but(value, json_object_get(b, key), other, key);
        return;
    }
    if (json_is_array(a)) {
        assert_int_equal(json_array_size(a), json_array_size(b));
        for (size_t i = 0; i < json_array_size(a); i++)
            assert_same_but(json_array_get(a, i), json_array_get(b, i), other, name);
        return;
    }
    if (!json_equal(a, b))
        fail_msg("%s differs", name);
}

static void assert_law(struct law *law, const struct change *change, bool (*other)(const char *name))
{
    char *json = analyse(&law->scratch, change, "2");
    json_t *plain = json_loads(law->plain, 0, NULL), *changed = json_loads(json, 0, NULL);
    assert_non_null(plain);
    assert_non_null(changed);
    assert_same_but(plain, changed, other, "");
    json_decref(plain);
    json_decref(changed);
    free(json);
}

static bool is_level(const char *name)
{
    return strcmp(name, "mean_expectation") == 0 || strcmp(name, "mean_perception") == 0;
}

/* "adding a constant to both standards": only the levels move, by no less and no more than the constant. */
static void a_constant_on_both_sides_moves_the_levels_alone(void **state)
{
    assert_law(*state, &(struct change){.shift = 1}, is_level);
}

static bool is_listed(const char *const *names, const char *name)
{
    for (; *names; names++) {
        if (strcmp(*names, name) == 0)
            return true;
    }
    return false;
}

/* Only the figures that stay when everybody is counted twice are compared. */
static bool grows_with_n(const char *name)
{
    static const char *const stay[] = {"",
                                       "tables",
                                       "rows",
                                       "measure",
                                       "item",
                                       "dimension",
                                       "branch",
                                       "gap",
                                       "mean_expectation",
                                       "mean_perception",
                                       "share_short",
                                       "ceiling_share",
                                       "r_expectation_perception",
                                       NULL};
    return !is_listed(stay, name);
}

static void counting_everyone_twice_leaves_means_and_correlations(void **state)
{
    assert_law(*state, &(struct change){.copies = 2}, grows_with_n);
}

/* With weights of one the weighted formulas give what the plain ones give, where weights are honoured. */
static bool weights_refuse(const char *name)
{
    static const char *const stay[] = {"",
                                       "tables",
                                       "rows",
                                       "measure",
                                       "item",
                                       "dimension",
                                       "branch",
                                       "n",
                                       "mean_expectation",
                                       "mean_perception",
                                       "gap",
                                       "share_short",
                                       "ceiling_share",
                                       "n_negative",
                                       "n_zero",
                                       "n_positive",
                                       "alpha",
                                       NULL};
    return !is_listed(stay, name);
}

static void weights_of_one_are_no_weights(void **state)
{
    assert_law(*state, &(struct change){.weight_ones = true}, weights_refuse);
}

/* "weights k give the means of duplicating k times": to the last bit, as both are the same exact fraction. */
static void weights_stand_for_copies(void **state)
{
    struct law *law = *state;
    char *weighted = analyse(&law->scratch, &(struct change){.weighted = true}, "2");
    char *repeated = analyse(&law->scratch, &(struct change){.repeated = true}, "1");
    json_t *a = json_loads(weighted, 0, NULL), *b = json_loads(repeated, 0, NULL);
    assert_non_null(a);
    assert_non_null(b);
    assert_same_but(a, b, grows_with_n, "");
    json_decref(a);
    json_decref(b);
    free(weighted);
    free(repeated);
}

/* "same bytes for any row order and thread count", with strata, clusters and weights. */
static void designs_know_no_order(void **state)
{
    struct law *law = *state;
    struct change change = {.stratified = true, .weighted = true};
    char *plain = analyse(&law->scratch, &change, "1");
    assert_non_null(strstr(plain, "\"strata\": 4"));
    change.backwards = true;
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        char *other = analyse(&law->scratch, &change, threads == 1 ? "1" : "3");
        assert_string_equal(other, plain);
        free(other);
    }
    free(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_of_rows_gives_the_same_bytes),
        cmocka_unit_test(any_thread_count_gives_the_same_bytes),
        cmocka_unit_test(turning_an_item_twice_gives_the_same_bytes),
        cmocka_unit_test(a_constant_on_both_sides_moves_the_levels_alone),
        cmocka_unit_test(counting_everyone_twice_leaves_means_and_correlations),
        cmocka_unit_test(weights_of_one_are_no_weights),
        cmocka_unit_test(weights_stand_for_copies),
        cmocka_unit_test(designs_know_no_order),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
