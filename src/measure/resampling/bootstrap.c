/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/progress.h"
#include "measure/mean_error.h"
#include "measure/resample_job.h"
#include "numeric/resample_interval.h"

#define REPLICATES_ADVISED 2000u

enum {
    TABLE,
    ITEM,
    DIMENSION,
    STANDARD,
    STATISTIC,
    N,
    ESTIMATE,
    SE,
    CI_LOW,
    CI_HIGH,
    METHOD,
    PERCENTILE_LOW,
    PERCENTILE_HIGH,
    BASIC_LOW,
    BASIC_HIGH,
    REPLICATES,
    FAILED,
    COLUMNS
};

/* A group below ten gives nothing that resampling could stand on, and a share among the rows tells as much as in its table. */
static const struct column columns[COLUMNS] = {
    [TABLE] = {"table", "Table", "", "The table that the figure stands in.", 0, COLUMN_KEY, true, false},
    [ITEM] = {"item", "Item", "", "The item, where the figure is about one.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension, where the figure is about one, or overall.", 0, COLUMN_KEY, true,
                   false},
    [STANDARD] = {"standard", "Of", "", "What was answered, where the table tells several apart.", 0, COLUMN_KEY, true, false},
    [STATISTIC] = {"statistic", "Figure", "", "The column of that table.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters that are drawn from.", 0, COLUMN_COUNT, false, false},
    [ESTIMATE] = {"estimate", "Estimate", "as in its table", "The figure of the sample.", 2, COLUMN_NUMBER, true, true},
    [SE] = {"se", "SE", "as in its table", "Standard deviation of the figure over the samples drawn.", 3, COLUMN_NUMBER, true,
            true},
    [CI_LOW] = {"ci_low", "Low", "as in its table", "Lower end of the interval that is advised: BCa, or what method says.", 2,
                COLUMN_NUMBER, true, true},
    [CI_HIGH] = {"ci_high", "High", "as in its table", "Upper end of the interval that is advised: BCa, or what method says.", 2,
                 COLUMN_NUMBER, true, true},
    [METHOD] = {"method", "Method", "", "How the interval was made: bca, or percentile where BCa has no value.", 0, COLUMN_WORD,
                false, false},
    [PERCENTILE_LOW] = {"percentile_low", "Percentile low", "as in its table", "Lower end of the percentile interval.", 2,
                        COLUMN_NUMBER, false, true},
    [PERCENTILE_HIGH] = {"percentile_high", "Percentile high", "as in its table", "Upper end of the percentile interval.", 2,
                         COLUMN_NUMBER, false, true},
    [BASIC_LOW] = {"basic_low", "Basic low", "as in its table", "Lower end of the basic interval.", 2, COLUMN_NUMBER, false,
                   true},
    [BASIC_HIGH] = {"basic_high", "Basic high", "as in its table", "Upper end of the basic interval.", 2, COLUMN_NUMBER, false,
                    true},
    [REPLICATES] = {"replicates", "Samples", "samples", "Samples drawn that have the figure.", 0, COLUMN_COUNT, false, false},
    [FAILED] = {"failed", "Failed", "samples", "Samples drawn that do not have the figure.", 0, COLUMN_COUNT, false, true},
};

/* A table on its way. */
struct bootstrap {
    const struct measuring *measuring;
    struct table *table;
    const struct measure *measure; /* whose figures are drawn */
    uint32_t line;                 /* of the next row of this group */
    uint64_t told, told_total;
    bool routes[ROUTE_COUNT], bundled;
    bool one_sided, far, no_jackknife, extreme;
};

/* What one entry is on the bar: its draws, and about as many samples with one unit left out. */
static uint64_t told_of(const struct measuring *measuring)
{
    return (uint64_t)measuring->replicates + JACKKNIFE_GROUPS;
}

/* FNV-1a over a text and a mark of its end. */
static uint64_t text_mix(uint64_t hash, const char *text)
{
    for (const char *at = text ? text : ""; *at; at++)
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001B3);
    return (hash ^ 0xFF) * UINT64_C(0x100000001B3);
}

/* Adds a key; one that does not apply is empty. */
static uint64_t key_mix(uint64_t hash, const struct value *key)
{
    return text_mix(hash, key->kind == VALUE_TEXT ? key->text : "");
}

/* The stream of an entry: its own keys and those of its group, so that what else was asked changes none of its figures. */
static uint64_t stream_of(const struct bootstrap *bootstrap, const struct resample_entry *entry)
{
    const struct group_set *set = bootstrap->measuring->set;
    uint64_t hash = text_mix(UINT64_C(0xCBF29CE484222325), bootstrap->measure->name);
    hash = key_mix(hash, &entry->item);
    hash = key_mix(hash, &entry->dimension);
    hash = key_mix(hash, &entry->standard);
    hash = text_mix(hash, entry->statistics[0]);
    for (uint32_t i = 0; i < set->by.segment_count; i++)
        hash = text_mix(hash, pairs_value_text(bootstrap->measuring->pairs, set, &set->groups[entry->group], i));
    return hash;
}

/* What one entry came to. */
struct drawing {
    struct resample_job job;
    double *estimates; /* [count] */
    enum undefined undefined;
    struct resampled bootstrap, jackknife;
};

/* Draws.
 * takes   ctx  its arena is emptied after the entry
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status entry_draw(struct ctx *ctx, const struct bootstrap *bootstrap, const struct resample_entry *entry,
                              struct drawing *out)
{
    const struct measuring *measuring = bootstrap->measuring;
    const struct resample_plan plan = {.replicates = measuring->replicates,
                                       .seed = measuring->seed,
                                       .stream = stream_of(bootstrap, entry),
                                       .told_before = bootstrap->told,
                                       .told_share = measuring->replicates};
    struct resample_plan left_out = plan;
    left_out.told_before += plan.told_share;
    left_out.told_share = JACKKNIFE_GROUPS;
    enum status status = entry->make(ctx, measuring, entry, &out->job);
    if (status || out->job.blank)
        return status;
    const struct resample_job *job = &out->job;
    out->estimates = arena_array(ctx->arena, job->figures.count + 1, sizeof *out->estimates);
    if (!out->estimates)
        return ctx_no_memory(ctx);
    status = resample_original(ctx, &job->design, &job->figures, out->estimates, &out->undefined);
    if (status || out->undefined)
        return status;
    status = resample_bootstrap(ctx, &job->design, &job->figures, &plan, &out->bootstrap);
    return status ? status : resample_jackknife(ctx, &job->design, &job->figures, &left_out, &out->jackknife);
}

/* Two ends of an interval. */
static void put_interval(struct value *values, const struct interval *interval)
{
    values[0] = value_number(interval->low);
    values[1] = value_number(interval->high);
}

/* Remembers what the notes must say about how an interval was made; of a group that is hidden, nothing. */
static void method_note(struct bootstrap *bootstrap, uint32_t group, const struct resample_interval *interval)
{
    const bool *shown = bootstrap->measuring->compared;
    if (shown && !shown[group])
        return;
    bootstrap->one_sided |= interval->method == METHOD_PERCENTILE_ONE_SIDED;
    bootstrap->far |= interval->method == METHOD_PERCENTILE_FAR;
    bootstrap->no_jackknife |= interval->method == METHOD_PERCENTILE_JACKKNIFE;
    bootstrap->extreme |= interval->extreme;
}

/* The three intervals of one figure, or why there are none.
 * fails   STATUS_MEMORY
 * source  [F25] */
static enum status fill_intervals(struct ctx *ctx, struct bootstrap *bootstrap, const struct drawing *drawing, size_t figure,
                                  struct row *row)
{
    struct value *values = row->values;
    const struct resample_sample sample = {.estimate = drawing->estimates[figure],
                                           .bootstrap = &drawing->bootstrap,
                                           .jackknife = &drawing->jackknife,
                                           .figure = figure,
                                           .confidence = bootstrap->measuring->confidence};
    struct resample_interval interval;
    enum undefined undefined = DEFINED;
    enum status status = resample_interval_find(ctx, &sample, &interval, &undefined);
    if (status)
        return status;
    values[REPLICATES] = value_count(drawing->bootstrap.kept);
    values[FAILED] = value_count(drawing->bootstrap.failed);
    if (undefined) {
        values_blank(values + SE, BASIC_HIGH - SE + 1, reason_of(undefined));
        return STATUS_OK;
    }
    values[SE] = value_number(interval.se);
    put_interval(values + CI_LOW, &interval.bca);
    put_interval(values + PERCENTILE_LOW, &interval.percentile);
    put_interval(values + BASIC_LOW, &interval.basic);
    values[METHOD] = value_text(interval.method == METHOD_BCA ? "bca" : "percentile");
    method_note(bootstrap, row->group, &interval);
    return STATUS_OK;
}

/* More than one sample in twenty without the figure: what the others tell is not the whole. */
static enum status failed_note(struct ctx *ctx, const struct bootstrap *bootstrap, const struct resample_entry *entry,
                               const struct drawing *drawing)
{
    if (!drawing->bootstrap.many_failed || bootstrap->table->by_count)
        return STATUS_OK;
    const struct value *about = entry->item.kind == VALUE_TEXT ? &entry->item : &entry->dimension;
    bool overall = about->kind == VALUE_TEXT && strcmp(about->text, "overall") == 0;
    const char *name = about->kind == VALUE_TEXT ? about->text : "";
    const struct note_word words[] = {note_ours("measure", "drawn", bootstrap->measure->name),
                                      overall ? note_ours("about", "word", name) : note_text("about", name),
                                      note_ours("figure", "drawn", entry->statistics[0]),
                                      note_count("failed", drawing->bootstrap.failed),
                                      note_count("samples", drawing->bootstrap.failed + drawing->bootstrap.kept),
                                      note_ours("reason", "reason", reason_words(reason_of(drawing->bootstrap.failure))),
                                      {.name = NULL}};
    return table_add_note(ctx, bootstrap->table, *name ? "note.bootstrap.failed" : "note.bootstrap.failed.plain", words);
}

/* The row of one figure.
 * fails   STATUS_MEMORY */
static enum status row_make(struct ctx *ctx, struct bootstrap *bootstrap, const struct resample_entry *entry,
                            const struct drawing *drawing, size_t figure)
{
    struct row *row = NULL;
    enum status status = group_row_add(ctx, bootstrap->measuring, bootstrap->table, entry->group, bootstrap->line++, &row);
    if (status)
        return status;
    row->support = drawing->job.respondents;
    row->values[TABLE] = value_text(bootstrap->measure->name);
    row->values[ITEM] = entry->item;
    row->values[DIMENSION] = entry->dimension;
    row->values[STANDARD] = entry->standard;
    row->values[STATISTIC] = value_text(entry->statistics[figure]);
    enum reason blank = drawing->job.blank;
    if (!blank && drawing->undefined)
        blank = entry->no_figure ? entry->no_figure : reason_of(drawing->undefined);
    if (blank) {
        values_blank(row->values + N, COLUMNS - N, blank);
        row->values[N] = value_count(drawing->job.n);
        return STATUS_OK;
    }
    row->values[N] = value_count(drawing->job.n);
    row->values[ESTIMATE] = value_number(drawing->estimates[figure]);
    bootstrap->routes[drawing->job.route] = true;
    bootstrap->bundled = bootstrap->bundled || drawing->job.bundled;
    return fill_intervals(ctx, bootstrap, drawing, figure, row);
}

/* Draws one entry in memory of its own and adds its rows.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status entry_run(struct ctx *ctx, struct bootstrap *bootstrap, const struct resample_entry *entry)
{
    struct ctx own = *ctx;
    if (arena_create(ctx->arena, &own.arena))
        return ctx_no_memory(ctx);
    struct drawing drawing = {.undefined = DEFINED};
    enum status status = entry_draw(&own, bootstrap, entry, &drawing);
    if (status)
        ctx->error = own.error;
    for (size_t f = 0; f < entry->count && !status; f++)
        status = row_make(ctx, bootstrap, entry, &drawing, f);
    if (!status)
        status = failed_note(ctx, bootstrap, entry, &drawing);
    arena_destroy(own.arena);
    bootstrap->told += told_of(bootstrap->measuring);
    return status;
}

/* All entries of one measure in one group.
 * fails   as the hook and entry_run */
static enum status measure_entries(struct ctx *ctx, struct bootstrap *bootstrap, uint32_t group, bool run)
{
    struct resample_list list = {.count = 0};
    enum status status = bootstrap->measure->resample(ctx, bootstrap->measuring, group, &list);
    if (!run) {
        bootstrap->told_total += list.count * told_of(bootstrap->measuring);
        return status;
    }
    for (size_t e = 0; e < list.count && !status; e++)
        status = entry_run(ctx, bootstrap, &list.entries[e]);
    return status;
}

/* Walks the groups, and in each the measures of the request that declare figures.
 * takes   run  false: only counts how much there is to do */
static enum status groups_walk(struct ctx *ctx, struct bootstrap *bootstrap, bool run)
{
    const struct measuring *measuring = bootstrap->measuring;
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        bootstrap->line = 0;
        for (uint32_t m = 0; m < measuring->asked_count && !status; m++) {
            bootstrap->measure = measuring->asked[m];
            if (bootstrap->measure->resample && bootstrap->measure->by == BY_ANY)
                status = measure_entries(ctx, bootstrap, g, run);
        }
    }
    return status;
}

/* What was drawn, and how far it can be relied on. */
static enum status bootstrap_notes(struct ctx *ctx, const struct bootstrap *bootstrap)
{
    const struct measuring *measuring = bootstrap->measuring;
    const struct {
        bool said;
        const char *key;
    } notes[] = {
        {bootstrap->told == 0, "note.bootstrap.nothing"},
        {bootstrap->routes[ROUTE_CELLS], "note.bootstrap.cells"},
        {bootstrap->routes[ROUTE_PERSONS],
         measuring->pairs->plan->weighted ? "note.bootstrap.persons_weighted" : "note.bootstrap.persons"},
        {bootstrap->bundled, "note.bootstrap.bundles"},
        {bootstrap->routes[ROUTE_UNITS],
         measuring->pairs->study->columns.cluster ? "note.bootstrap.clusters" : "note.bootstrap.respondents"},
        {measuring->pairs->stratified && bootstrap->told > 0, "note.bootstrap.strata"},
        {bootstrap->one_sided, "note.bootstrap.one_sided"},
        {bootstrap->far || bootstrap->no_jackknife, "note.bootstrap.no_bca"},
        {bootstrap->extreme, "note.bootstrap.extreme"},
        {measuring->replicates < REPLICATES_ADVISED, "note.bootstrap.advised"},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof notes / sizeof *notes && !status; i++) {
        if (notes[i].said)
            status = table_add_note(ctx, bootstrap->table, notes[i].key, NULL);
    }
    return status;
}

/* One row per group and figure that the measures of the request declare.
 * blank   no figure in the sample -> its reason; fewer than CLUSTERS_FOR_TEST units -> few_clusters
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  [F25] */
static enum status bootstrap_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    struct bootstrap bootstrap = {.measuring = measuring, .table = table};
    enum status status = groups_walk(ctx, &bootstrap, false);
    if (status)
        return status;
    progress_begin(ctx->progress, "Drawing samples again", bootstrap.told_total);
    status = groups_walk(ctx, &bootstrap, true);
    progress_end(ctx->progress);
    return status ? status : bootstrap_notes(ctx, &bootstrap);
}

const struct measure measure_bootstrap = {
    .name = "bootstrap",
    .title = "Intervals by drawing again",
    .meaning =
        "How far each figure would move if other customers of the same kind had been asked: thousands of samples are drawn "
        "from the one there is, and the figure is computed in each. Intervals need no normal distribution.",
    .formula = "F25",
    .source = "Efron 1979, 1987; Davison & Hinkley 1997",
    .example = "gapmeter analyze answers.csv --study study.json --bootstrap 2000",
    .needs = NEED_CASES,
    .minimum_n = 2,
    .by_default = true,
    .resamples = true,
    .order = 900,
    .columns = columns,
    .column_count = COLUMNS,
    .run = bootstrap_run,
};
