/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/impact_contrast.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

#define ROWS_MAX       4096
#define ATTRIBUTES_MAX 8

static const struct impact_cuts usual = {.2, .7};

/* Rows that a test contrasts. */
struct room {
    double values[ATTRIBUTES_MAX * ROWS_MAX], y[ROWS_MAX], weights[ROWS_MAX];
    signed char levels[ATTRIBUTES_MAX * ROWS_MAX];
    uint32_t units[ROWS_MAX];
    struct contrast_rows rows;
};

static struct room room;

/* Opens a context with an arena of its own. */
static void open_ctx(struct ctx *ctx)
{
    *ctx = (struct ctx){0};
    assert_int_equal(arena_create(NULL, &ctx->arena), STATUS_OK);
}

/* The level of each value. */
static void cut(struct room *r, double low, double high)
{
    for (size_t i = 0; i < r->rows.attributes * r->rows.rows; i++)
        r->levels[i] = (signed char)(r->values[i] <= low ? LEVEL_LOW : r->values[i] >= high ? LEVEL_HIGH : LEVEL_REFERENCE);
    r->rows.levels = r->levels;
    r->rows.y = r->y;
}

/* Fills the room with a case of the oracle. */
static void room_fill(const json_t *row)
{
    const json_t *values = json_object_get(row, "values"), *weights = json_object_get(row, "weights");
    const json_t *units = json_object_get(row, "units");
    size_t n = json_array_size(values), k = json_array_size(json_array_get(values, 0));
    assert_true(n <= ROWS_MAX && k <= ATTRIBUTES_MAX);
    room.rows = (struct contrast_rows){.rows = n, .attributes = k};
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < k; j++)
            room.values[j * n + i] = json_number_value(json_array_get(json_array_get(values, i), j));
        room.y[i] = json_number_value(json_array_get(json_object_get(row, "y"), i));
        room.weights[i] = json_number_value(json_array_get(weights, i));
        room.units[i] = (uint32_t)json_integer_value(json_array_get(units, i));
        if (json_is_array(units) && room.units[i] >= room.rows.unit_count)
            room.rows.unit_count = room.units[i] + 1u;
    }
    room.rows.weights = json_is_array(weights) ? room.weights : NULL;
    room.rows.units = json_is_array(units) ? room.units : NULL;
    cut(&room, member_number(row, "low"), member_number(row, "high"));
}

/* What is compared. */
struct agreements {
    struct agreement coefficients, errors, asymmetries, linear, inflation;
};

/* One attribute against the oracle. */
static void compare_attribute(const json_t *item, size_t j, const struct impact_contrast *c, double df, struct agreements *a)
{
    bool defined = !c->undefined;
    struct impact impact = impact_of(c->penalty, c->reward);
    struct interval interval = {0, 0};
    if (defined)
        interval = contrast_interval(c->penalty, c->penalty_variance, df, .95);
    agreement_add_member(&a->coefficients, defined, c->penalty, item, "penalty");
    agreement_add_member(&a->coefficients, defined, c->reward, item, "reward");
    agreement_add_member(&a->errors, defined, sqrt(c->penalty_variance), item, "penalty_se");
    agreement_add_member(&a->errors, defined, sqrt(c->reward_variance), item, "reward_se");
    agreement_add_member(&a->errors, defined, c->covariance, item, "covariance");
    agreement_add_member(&a->errors, defined, interval.low, item, "low");
    agreement_add_member(&a->errors, defined, interval.high, item, "high");
    agreement_add_member(&a->errors, defined, defined ? contrast_symmetry_p(c, df) : 0, item, "symmetry_p");
    agreement_add_member(&a->asymmetries, defined, impact.range, item, "range");
    agreement_add_member(&a->asymmetries, defined, impact.asymmetry, item, "asymmetry");
    size_t n = room.rows.rows;
    double linear = 0;
    assert_int_equal(linear_asymmetry(room.values + j * n, room.levels + j * n, room.rows.weights, n, &linear), DEFINED);
    agreement_add_member(&a->linear, true, linear, item, "linear");
}

/* "one regression of y on the low and high indicators of all attributes whose levels are thick enough", "standard errors by HC3,
 * with units by cluster", range, asymmetry, the p of equal size and the asymmetry of a line, against lm and sandwich */
static void agrees_with_lm(void **state)
{
    (void)state;
    struct ctx ctx;
    open_ctx(&ctx);
    json_t *root = oracle_read("penalty_reward");
    struct agreements a = {.coefficients = {.name = "penalties and rewards", .wanted = 11},
                           .errors = {.name = "their errors", .wanted = 10},
                           .asymmetries = {.name = "range and asymmetry", .wanted = 11},
                           .linear = {.name = "asymmetry of a line", .wanted = 11.5},
                           .inflation = {.name = "largest inflation, R²", .wanted = 11}};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct impact_contrast contrasts[ATTRIBUTES_MAX];
        struct contrast_fit fit;
        room_fill(row);
        assert_int_equal(contrasts_fit(&ctx, &room.rows, contrasts, &fit), STATUS_OK);
        assert_int_equal(fit.undefined, DEFINED);
        assert_true(fit.df == member_number(row, "df"));
        agreement_add_member(&a.inflation, true, fit.r_squared, row, "r_squared");
        if (!room.rows.weights)
            agreement_add_member(&a.inflation, true, fit.inflation, row, "inflation");
        for (size_t j = 0; j < room.rows.attributes; j++)
            compare_attribute(json_array_get(json_object_get(row, "items"), j), j, &contrasts[j], fit.df, &a);
    }
    agreement_print(&a.coefficients);
    agreement_print(&a.errors);
    agreement_print(&a.asymmetries);
    agreement_print(&a.linear);
    agreement_print(&a.inflation);
    json_decref(root);
    arena_destroy(ctx.arena);
}

/* Columns of a file of comma-separated values by their headers; a cell that is no number counts as missing. */
struct reading {
    FILE *file;
    size_t column_count;
    const char *const *names;
    size_t at[ATTRIBUTES_MAX + 1]; /* where they stand */
};

/* The next cell; quotes may hold commas and line ends.
 * gives   what ended it: ',', '\n' or EOF */
static int cell_read(FILE *file, char *cell, size_t size)
{
    size_t length = 0;
    bool quoted = false;
    int c = 0;
    while ((c = getc(file)) != EOF && (quoted || (c != ',' && c != '\n'))) {
        if (c == '"')
            quoted = !quoted;
        else if (length + 1 < size)
            cell[length++] = (char)c;
    }
    cell[length] = '\0';
    return c;
}

/* Reads one line into values.
 * gives   1 all there, 0 one is missing, −1 end of file; with values NULL the header */
static int line_read(struct reading *reading, double *values)
{
    char cell[64];
    int end = 0, there = 1;
    for (size_t column = 0; end != '\n'; column++) {
        end = cell_read(reading->file, cell, sizeof cell);
        if (end == EOF)
            return -1;
        for (size_t j = 0; j < reading->column_count; j++) {
            if (!values && strcmp(cell, reading->names[j]) == 0)
                reading->at[j] = column;
            char *rest = cell;
            if (values && reading->at[j] == column) {
                values[j] = strtod(cell, &rest);
                there = there && rest != cell;
            }
        }
    }
    return there;
}

/* Fills the room from a file of real answers: the first name is the outcome. */
static void room_read(const char *name, const char *const *names, size_t count)
{
    char path[4096];
    struct reading reading = {.column_count = count, .names = names};
    reading.file = fopen(real_answers_path(name, path, sizeof path), "r");
    assert_non_null(reading.file);
    assert_true(line_read(&reading, NULL) == 1);
    static double lines[ROWS_MAX][ATTRIBUTES_MAX + 1];
    size_t n = 0;
    for (int got = 0; got >= 0;) {
        assert_true(n < ROWS_MAX);
        got = line_read(&reading, lines[n]);
        n += got == 1;
    }
    (void)fclose(reading.file);
    room.rows = (struct contrast_rows){.rows = n, .attributes = count - 1};
    for (size_t i = 0; i < n; i++) {
        room.y[i] = lines[i][0];
        for (size_t j = 1; j < count; j++)
            room.values[(j - 1) * n + i] = lines[i][j];
    }
}

/* formulas.md section 9: "PRCA CUSA1 ~ PERQ1,2,3,7 (low ≤6, high ≥9): penalties −.62826 −.25989 −.12155 −.48180; rewards .57038
 * .54970 .09319 .33109; IA −.0483 .3580 −.1321 −.1854; R² .41982" */
static void the_formula_sheets_study(void **state)
{
    (void)state;
    static const char *const names[] = {"CUSA1", "PERQ1", "PERQ2", "PERQ3", "PERQ7"};
    static const double penalties[] = {-.62826, -.25989, -.12155, -.48180}, rewards[] = {.57038, .54970, .09319, .33109};
    static const double asymmetries[] = {-.0483, .3580, -.1321, -.1854};
    struct ctx ctx;
    struct impact_contrast contrasts[4];
    struct contrast_fit fit;
    room_read("mobi-ecsi/mobi.csv", names, 5);
    cut(&room, 6, 9);
    open_ctx(&ctx);
    assert_int_equal(contrasts_fit(&ctx, &room.rows, contrasts, &fit), STATUS_OK);
    assert_int_equal(room.rows.rows, 250);
    assert_true(fabs(fit.r_squared - .41982) < 5e-6);
    for (size_t j = 0; j < 4; j++) {
        assert_true(fabs(contrasts[j].penalty - penalties[j]) < 5.1e-6 && fabs(contrasts[j].reward - rewards[j]) < 5.1e-6);
        assert_true(fabs(impact_of(contrasts[j].penalty, contrasts[j].reward).asymmetry - asymmetries[j]) < 5.1e-5);
        double linear = 0;
        assert_int_equal(linear_asymmetry(room.values + j * 250, room.levels + j * 250, NULL, 250, &linear), DEFINED);
        print_message("%s: asymmetry of a line %.3f\n", names[j + 1], linear);
        assert_true(linear > -.2 && linear < 0); /* "A truly linear attribute gives IA below 0 because of the cuts" */
    }
    arena_destroy(ctx.arena);
}

/* skytrax-lounge, reference.json: penalty_reward, one regression per attribute, low ≤ 2, high ≥ 4 */
static void the_lounges(void **state)
{
    (void)state;
    char path[4096];
    json_t *root = oracle_read_path(real_answers_path("skytrax-lounge/reference.json", path, sizeof path));
    struct agreement figures = {.name = "lounges", .wanted = 10};
    struct ctx ctx;
    size_t index = 0;
    const json_t *row = NULL;
    open_ctx(&ctx);
    json_array_foreach (oracle_at(root, "lounge.penalty_reward"), index, row) {
        const char *const names[] = {"overall_rating", json_string_value(json_object_get(row, "item"))};
        struct impact_contrast c;
        struct contrast_fit fit;
        room_read("skytrax-lounge/lounge.csv", names, 2);
        cut(&room, 2, 4);
        assert_int_equal(contrasts_fit(&ctx, &room.rows, &c, &fit), STATUS_OK);
        assert_true((double)room.rows.rows == member_number(row, "n"));
        agreement_add_member(&figures, true, c.penalty, row, "penalty");
        agreement_add_member(&figures, true, c.reward, row, "reward");
    }
    agreement_print(&figures);
    arena_destroy(ctx.arena);
    json_decref(root);
}

/* A room of n rows with two attributes, the outcome being 5 − 2 low + high of the first. */
static void room_plain(size_t n)
{
    room.rows = (struct contrast_rows){.rows = n, .attributes = 2, .levels = room.levels, .y = room.y};
    for (size_t i = 0; i < n; i++) {
        room.levels[i] = (signed char)((int)(i % 3) - 1);
        room.levels[n + i] = (signed char)((int)(i / 3 % 3) - 1);
        room.y[i] = room.levels[i] < 0 ? 3 : 5 + room.levels[i];
    }
}

/* "a level is too thin, the attribute was left out"; singular, constant outcome, a perfect fit */
static void degenerate_cases(void **state)
{
    (void)state;
    struct ctx ctx;
    struct impact_contrast c[2];
    struct contrast_fit fit;
    open_ctx(&ctx);
    room_plain(90);
    assert_int_equal(contrasts_fit(&ctx, &room.rows, c, &fit), STATUS_OK);
    assert_true(!fit.undefined && fabs(c[0].penalty + 2) < 1e-12 && fabs(c[0].reward - 1) < 1e-12 && fabs(c[1].reward) < 1e-12);
    assert_int_equal(c[0].error_undefined, UNDEFINED_NO_VARIANCE);
    for (size_t i = 0; i < 90; i++)
        room.levels[90 + i] = room.levels[i];
    assert_int_equal(contrasts_fit(&ctx, &room.rows, c, &fit), STATUS_OK);
    assert_int_equal(fit.undefined, UNDEFINED_SINGULAR);
    room_plain(90);
    for (size_t i = 0; i < 90; i++)
        room.y[i] = 4;
    assert_int_equal(contrasts_fit(&ctx, &room.rows, c, &fit), STATUS_OK);
    assert_int_equal(fit.undefined, UNDEFINED_NO_VARIANCE);
    /* 19 of a level are too few, 20 are not; nor are 20 of 401, less than one in twenty */
    room_plain(57);
    assert_int_equal(contrasts_fit(&ctx, &room.rows, c, &fit), STATUS_OK);
    assert_true(fit.undefined == UNDEFINED_TOO_FEW && c[0].undefined == UNDEFINED_TOO_FEW && c[0].level_count[0] == 19);
    room_plain(60);
    assert_int_equal(contrasts_fit(&ctx, &room.rows, c, &fit), STATUS_OK);
    assert_true(fit.undefined == DEFINED && c[0].undefined == DEFINED && c[1].level_count[2] == 18 && fit.parameters == 3);
    room_plain(401);
    for (size_t i = 0; i < 401; i++)
        room.levels[i] = (signed char)(i < 20 ? LEVEL_LOW : (int)(i % 2));
    assert_int_equal(contrasts_fit(&ctx, &room.rows, c, &fit), STATUS_OK);
    assert_true(c[0].undefined == UNDEFINED_TOO_FEW && c[1].undefined == DEFINED && fit.parameters == 3);
    arena_destroy(ctx.arena);
}

/* "IA ≥ .7 delighter, .2–.7 satisfier, −.2–.2 hybrid, −.7–−.2 dissatisfier, ≤ −.7 frustrator"; "pen = max(0, −p), rew = max(0,
 * r)" */
static void classes(void **state)
{
    (void)state;
    assert_int_equal(impact_class_of(.7, &usual), IMPACT_DELIGHTER);
    assert_int_equal(impact_class_of(.69, &usual), IMPACT_SATISFIER);
    assert_int_equal(impact_class_of(.2, &usual), IMPACT_SATISFIER);
    assert_int_equal(impact_class_of(.19, &usual), IMPACT_HYBRID);
    assert_int_equal(impact_class_of(-.19, &usual), IMPACT_HYBRID);
    assert_int_equal(impact_class_of(-.2, &usual), IMPACT_DISSATISFIER);
    assert_int_equal(impact_class_of(-.7, &usual), IMPACT_FRUSTRATOR);
    assert_true(impact_of(-1, 3).range == 4 && impact_of(-1, 3).asymmetry == .5);
    assert_true(impact_of(1, 3).range == 3 && impact_of(1, 3).asymmetry == 1 && impact_of(-2, -1).asymmetry == -1);
    assert_int_equal(impact_of(1, -1).asymmetry_undefined, UNDEFINED_NO_VARIANCE);
}

/* The share of draws: certain without error, about the normal tail at the edge of a class, the same for the same seed. */
static void class_shares(void **state)
{
    (void)state;
    struct impact_contrast sure = {.penalty = -1, .reward = 1}, edge = {.penalty = -1, .reward = 1.5, .reward_variance = .04};
    double share = 0, again = 0;
    assert_int_equal(impact_class_share(&sure, &usual, 1, 2, &share), DEFINED);
    assert_true(share == 1);
    /* (r − 1)/(r + 1) >= .2 when r >= 1.5, its mean */
    assert_int_equal(impact_class_share(&edge, &usual, 1, 2, &share), DEFINED);
    assert_true(fabs(share - .5) < .04);
    assert_int_equal(impact_class_share(&edge, &usual, 1, 2, &again), DEFINED);
    assert_true(share == again);
    /* fully opposed errors: penalty + reward stays 0, so the asymmetry does not move */
    struct impact_contrast opposed = {
        .penalty = -1, .reward = 1, .penalty_variance = .01, .reward_variance = .01, .covariance = -.01};
    assert_int_equal(impact_class_share(&opposed, &usual, 1, 2, &share), DEFINED);
    assert_true(share == 1 && contrast_symmetry_p(&opposed, 50) == 1);
    struct impact_contrast none = {.penalty = 1, .reward = -1};
    assert_int_equal(impact_class_share(&none, &usual, 1, 2, &share), UNDEFINED_NO_VARIANCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_lm), cmocka_unit_test(the_formula_sheets_study),
        cmocka_unit_test(the_lounges),    cmocka_unit_test(degenerate_cases),
        cmocka_unit_test(classes),        cmocka_unit_test(class_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
