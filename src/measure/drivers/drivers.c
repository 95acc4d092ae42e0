/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdatomic.h>

#include "measure/drivers/driver_model.h"
#include "measure/family.h"
#include "measure/group_parts.h"
#include "measure/mean_error.h"
#include "measure/outcome_list.h"

#define INFLATION_MAX 10. /* above it a note says that coefficients are uncertain */

enum {
    OUTCOME,
    PREDICTORS,
    DRIVER,
    N,
    R,
    BETA,
    B,
    SE,
    CI_LOW,
    CI_HIGH,
    P,
    P_HOLM,
    LMG,
    LMG_SHARE,
    LMG_LOW,
    LMG_HIGH,
    RELATIVE_WEIGHT,
    VIF,
    R2,
    COLUMNS
};

#define SHARE "share of variance"
#define SLOPE "outcome points per scale point"

static const struct column columns[COLUMNS] = {
    [OUTCOME] = {"outcome", "Outcome", "", "What is explained.", 0, COLUMN_KEY, true, false},
    [PREDICTORS] = {"predictors", "By", "", "What explains it: perception, expectation, or the gap.", 0, COLUMN_KEY, true, false},
    [DRIVER] = {"driver", "Driver", "", "The dimension; the item, where there are fewer than two dimensions.", 0, COLUMN_KEY,
                true, false},
    [N] = {"n", "n", "encounters", "Encounters with the outcome and every driver.", 0, COLUMN_COUNT, true, false},
    [R] = {"r", "r", "correlation", "Correlation of the driver with the outcome.", 2, COLUMN_NUMBER, true, false},
    [BETA] = {"beta", "Beta", "standard deviations", "How the outcome goes with the driver when the others stay the same.", 2,
              COLUMN_NUMBER, true, false},
    [B] = {"b", "b", SLOPE, "The same in points.", 2, COLUMN_NUMBER, false, false},
    [SE] = {"se", "SE", SLOPE, "Standard error of b: HC3, with clusters CR1.", 3, COLUMN_NUMBER, false, false},
    [CI_LOW] = {"ci_low", "b low", SLOPE, "Lower end of the interval of b.", 2, COLUMN_NUMBER, false, false},
    [CI_HIGH] = {"ci_high", "b high", SLOPE, "Upper end of the interval of b.", 2, COLUMN_NUMBER, false, false},
    [P] = {"p", "p", "probability", "Two-sided p of b being 0.", 3, COLUMN_NUMBER, false, false},
    [P_HOLM] = {"p_holm", "p, all rows", "probability", "The same, adjusted for all rows of the group (Holm).", 3, COLUMN_NUMBER,
                true, false},
    [LMG] = {"lmg", "LMG", SHARE, "The driver's part of R²: what it adds, averaged over all orders of entry.", 3, COLUMN_NUMBER,
             false, false},
    [LMG_SHARE] = {"lmg_share", "Importance", "share of R²", "The same as a share of R²; the shares of all drivers add to 1.", 2,
                   COLUMN_NUMBER, true, false},
    [LMG_LOW] = {"lmg_low", "LMG low", SHARE, "Lower end of the interval of lmg, by drawing again.", 3, COLUMN_NUMBER, false,
                 false},
    [LMG_HIGH] = {"lmg_high", "LMG high", SHARE, "Upper end of the interval of lmg, by drawing again.", 3, COLUMN_NUMBER, false,
                  false},
    [RELATIVE_WEIGHT] = {"relative_weight", "Relative weight", SHARE,
                         "Johnson's relative weight: the same question, answered "
                         "through uncorrelated stand-ins of the drivers.",
                         3, COLUMN_NUMBER, false, false},
    [VIF] = {"vif", "VIF", "times", "How much the variance of b is inflated by the other drivers.", 1, COLUMN_NUMBER, true,
             false},
    [R2] = {"r2", "R²", SHARE, "What all drivers together explain of the outcome.", 2, COLUMN_NUMBER, true, false},
};

static const char *const kind_words[DRIVER_KIND_COUNT] = {"perception", "expectation", "gap"};

/* Coefficient, error and test of one driver.
 * source  [F34] */
static void fill_coefficient(const struct measuring *measuring, const struct driver_model *model, size_t j, struct value *values)
{
    const struct least_squares *fit = &model->fit;
    double b = fit->coefficients[1 + j];
    double variance = model->error.undefined ? 0 : model->error.covariance[(1 + j) * (fit->parameters + 1)];
    struct estimate_cells cells = estimate_cells_of(b, variance, &model->error, measuring->confidence);
    values[B] = value_number(b);
    values[BETA] = value_number(b * sqrt(fit->deviations[j] / fit->total_squares));
    values[SE] = cells.se;
    values[CI_LOW] = cells.low;
    values[CI_HIGH] = cells.high;
    values[P] = cells.p;
    values[VIF] = value_number(least_squares_inflation(fit, j));
    values[R2] = value_number(fit->r_squared);
}

/* The driver's part of R².
 * fails   STATUS_MEMORY
 * source  [F35, F36] */
static enum status fill_importance(struct ctx *ctx, const struct measuring *measuring, const struct driver_model *model, size_t j,
                                   struct value *values)
{
    const struct moment_drawn *drawn = &model->lmg;
    double sum = 0;
    for (size_t i = 0; i < model->regression.columns && !drawn->undefined; i++)
        sum += drawn->estimates[i];
    values[LMG] = value_of(drawn->undefined, drawn->undefined ? 0 : drawn->estimates[j]);
    values[LMG_SHARE] = drawn->undefined ? values[LMG]
                        : sum > 0        ? value_number(drawn->estimates[j] / sum)
                                         : value_blank(REASON_NO_VARIANCE);
    values[RELATIVE_WEIGHT] = value_of(model->johnson_undefined, model->johnson_undefined ? 0 : model->johnson[j]);
    if (drawn->undefined) {
        values[LMG_LOW] = values[LMG_HIGH] = values[LMG];
        return STATUS_OK;
    }
    if (model->error.test_blank || !model->replicates) {
        values_blank(&values[LMG_LOW], 2, model->error.test_blank ? model->error.test_blank : REASON_NOT_APPLICABLE);
        return STATUS_OK;
    }
    return moment_interval_find(ctx, measuring, drawn, j, false, &values[LMG_LOW]);
}

/* The cells of one driver.
 * fails   STATUS_MEMORY
 * blank   a set that could not be fitted: its reason everywhere but in n and r */
static enum status fill_driver(struct ctx *ctx, const struct measuring *measuring, const struct driver_model *model, size_t j,
                               struct value *values)
{
    values[N] = value_count(model->matrix.rows);
    if (model->blank) {
        values_blank(values + R, COLUMNS - R, model->blank);
        return STATUS_OK;
    }
    values[R] = value_of(model->r_undefined[j], model->r_undefined[j] ? 0 : model->r[j]);
    if (model->fit.undefined) {
        values_blank(values + BETA, COLUMNS - BETA, reason_of(model->fit.undefined));
        return STATUS_OK;
    }
    fill_coefficient(measuring, model, j, values);
    return fill_importance(ctx, measuring, model, j, values);
}

enum { NAMES_MOST = 12 }; /* named in a note */

/* What the table is added to. */
struct drivers_run {
    const struct measuring *measuring;
    struct table *table;
    bool crude; /* an interval was left out because it takes too long */
    bool many;  /* more drivers than can be taken */
};

/* Names the drivers of which a test holds.
 * gives   how many; names, at most NAMES_MOST of them and an ellipsis, NULL at the end */
static uint32_t names_of(const struct study *study, const struct driver_topic *topic, const struct driver_model *model,
                         bool (*holds)(const struct driver_model *model, size_t driver), const char *names[NAMES_MOST + 2])
{
    uint32_t found = 0;
    for (uint32_t j = 0; j < topic->list->count; j++) {
        if (!holds(model, j))
            continue;
        if (found < NAMES_MOST)
            names[found] = driver_name(study, topic->list, j);
        found++;
    }
    names[found < NAMES_MOST ? found : NAMES_MOST] = found > NAMES_MOST ? "…" : NULL;
    names[NAMES_MOST + 1] = NULL;
    return found;
}

/* Does the driver depend on others, or not vary? */
static bool driver_depends(const struct driver_model *model, size_t driver)
{
    return model->fit.undefined == UNDEFINED_SINGULAR && model->fit.dependent[driver];
}

/* Does it go with the others so closely that its coefficient says little? */
static bool driver_is_inflated(const struct driver_model *model, size_t driver)
{
    return !model->blank && !model->fit.undefined && least_squares_inflation(&model->fit, driver) > INFLATION_MAX;
}

/* What must be known about one model. A note is not hidden with a small group, so by segment it names nothing. */
static enum status model_notes(struct ctx *ctx, const struct drivers_run *run, const struct driver_topic *topic,
                               const struct driver_model *model)
{
    const struct study *study = run->measuring->pairs->study;
    const char *names[NAMES_MOST + 2];
    const struct note_word words[] = {note_ours("outcome", "outcome", study->columns.outcomes[topic->outcome].name),
                                      note_ours("predictors", "word", kind_words[topic->kind]),
                                      note_list("drivers", names, 0),
                                      note_number("limit", INFLATION_MAX, 0),
                                      {.name = NULL}};
    if (run->table->by_count)
        return STATUS_OK;
    if (names_of(study, topic, model, driver_depends, names))
        return table_add_note(ctx, run->table, "note.drivers.dependent", words);
    bool inflated = names_of(study, topic, model, driver_is_inflated, names) > 0;
    return inflated ? table_add_note(ctx, run->table, "note.drivers.inflated", words) : STATUS_OK;
}

/* What all models share. */
struct drivers_setup {
    const struct driver_list *lists; /* [DRIVER_KIND_COUNT] */
    const uint32_t *outcomes;        /* [outcome_count] those that are explained */
    uint32_t outcome_count;
    atomic_bool *crude; /* set when a model's importance has no interval */
};

/* The rows of one model, in memory of its own. */
static enum status topic_run(struct ctx *ctx, struct drivers_run *run, const struct driver_topic *topic)
{
    const struct study *study = run->measuring->pairs->study;
    struct ctx room = *ctx;
    if (arena_create(ctx->arena, &room.arena))
        return ctx_no_memory(ctx);
    struct driver_model model;
    enum status status = driver_model_make(&room, run->measuring, topic, &model);
    if (status)
        ctx->error = room.error;
    uint32_t lines = study->item_count + study->dimension_count + 1;
    for (uint32_t j = 0; j < topic->list->count && !status; j++) {
        struct row *row = NULL;
        uint32_t line = (topic->outcome * DRIVER_KIND_COUNT + topic->kind) * lines + topic->list->index[j];
        status = group_row_add(ctx, run->measuring, run->table, topic->group, line, &row);
        if (status)
            break;
        row->support = model.matrix.respondents;
        row->values[OUTCOME] = value_text(study->columns.outcomes[topic->outcome].name);
        row->values[PREDICTORS] = value_text(kind_words[topic->kind]);
        row->values[DRIVER] = value_text(driver_name(study, topic->list, j));
        status = fill_driver(&room, run->measuring, &model, j, row->values);
    }
    if (!status)
        status = model_notes(ctx, run, topic, &model);
    run->crude |= model.importance && !model.replicates;
    arena_destroy(room.arena);
    return status;
}

/* What holds for the whole table. */
static enum status table_notes(struct ctx *ctx, const struct drivers_run *run)
{
    const struct study *study = run->measuring->pairs->study;
    bool easy_low = false;
    for (uint32_t o = 0; o < study->columns.outcome_count; o++)
        easy_low |= study->columns.outcomes[o].role == OUTCOME_ROLE_EFFORT && study->columns.outcomes[o].easy_low;
    const struct {
        bool said;
        const char *key;
    } notes[] = {
        {true, "note.drivers.same_time"}, {easy_low, "note.drivers.effort"},       {run->crude, "note.drivers.interval"},
        {run->many, "note.drivers.many"}, {run->table->by_count > 0, FAMILY_NOTE},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof notes / sizeof *notes && !status; i++) {
        if (notes[i].said)
            status = table_add_note(ctx, run->table, notes[i].key, NULL);
    }
    return status ? status : design_notes(ctx, run->measuring, run->table);
}

/* The rows of some groups: each outcome by each kind of driver. */
static enum status groups_make(const struct group_part *part)
{
    const struct drivers_setup *setup = part->what;
    struct drivers_run run = {.measuring = part->measuring, .table = part->table};
    enum status status = STATUS_OK;
    for (uint32_t at = part->first * setup->outcome_count; at < part->end * setup->outcome_count; at++) {
        for (unsigned kind = 0; kind < DRIVER_KIND_COUNT && !status; kind++) {
            const struct driver_topic topic = {.group = at / setup->outcome_count,
                                               .outcome = setup->outcomes[at % setup->outcome_count],
                                               .kind = (enum driver_kind)kind,
                                               .list = &setup->lists[kind]};
            if (setup->lists[kind].count)
                status = topic_run(part->ctx, &run, &topic);
        }
    }
    if (run.crude)
        atomic_store(setup->crude, true);
    return status ? status : family_adjust(part->ctx, part->table, P, P_HOLM);
}

/* One row per group, outcome, kind of driver and driver.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * blank   no more persons than parameters -> too_few; dependent drivers -> singular, and a note names them; constant outcome ->
 *         no_variance; fewer than ten clusters -> no p, few_clusters
 * source  [F34–F36] */
static enum status drivers_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    struct drivers_run run = {.measuring = measuring, .table = table};
    struct driver_list lists[DRIVER_KIND_COUNT];
    uint32_t *outcomes = arena_array(ctx->arena, study->columns.outcome_count + 1u, sizeof *outcomes);
    enum status status = outcomes ? STATUS_OK : ctx_no_memory(ctx);
    table->needs_whole_model = true;
    for (unsigned kind = 0; kind < DRIVER_KIND_COUNT && !status; kind++) {
        status = driver_list_make(ctx, study, (enum driver_kind)kind, &lists[kind]);
        if (!status && lists[kind].count + 1 > table->parameters)
            table->parameters = lists[kind].count + 1;
        run.many |= !status && lists[kind].count > DRIVERS_MAX;
    }
    if (status)
        return status;
    atomic_bool crude = false;
    const struct drivers_setup setup = {
        .lists = lists, .outcomes = outcomes, .outcome_count = outcomes_explained(study, false, outcomes), .crude = &crude};
    status = group_parts_each(ctx, measuring, table, groups_make, &setup);
    run.crude = atomic_load(&crude);
    return status ? status : table_notes(ctx, &run);
}

const struct measure measure_drivers = {
    .name = "drivers",
    .title = "What goes with the outcome",
    .meaning = "Which dimensions (or items) satisfaction and the other outcomes go with, when all are looked at together: the "
               "importance shares out what they explain, so that drivers that go together share it fairly.",
    .formula = "F34–F36, F25, F26",
    .source = "Lindeman, Merenda & Gold 1980; Grömping 2006; Johnson 2000; MacKinnon & White 1985",
    .example = "gapmeter analyze answers.csv --study study.json --table drivers",
    .needs = NEED_CASES,
    .any_standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .outcomes = true,
    .minimum_n = 3,
    .by_default = true,
    .order = 80,
    .columns = columns,
    .column_count = COLUMNS,
    .run = drivers_run,
};
