/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/analysis.h"

#include "app/agenda.h"
#include "app/chart_choice.h"
#include "app/crossing.h"
#include "app/live_answers.h"
#include "app/packing.h"
#include "app/report_choices.h"
#include "disclose/release.h"
#include "instrument/study_file.h"
#include "measure/groups/group_means.h"
#include "model/section.h"
#include "pair/case_turns.h"
#include "pair/pairing.h"
#include "pair/weighting.h"
#include "report/story.h"

/* One request on its way through the rooms. */
struct analysis {
    const struct analysis_request *request;
    const struct study *study;
    const struct answers *answers;
    const struct pairs *pairs, *before;
    const char *language;
    bool live; /* from a store: tables of everyone are floored too */
    struct agenda agenda;
    struct plan plan;
    const bool **compared;                              /* [set][group] may be compared with others */
    const bool **line_compared, **line_compared_shares; /* [set][line × groups + group]; NULL: nothing compares groups */
    const struct table **tables;
    uint32_t table_count;
    const struct released_table *const *released;
};

static enum status by_names(struct ctx *ctx, const struct analysis *analysis, const struct by_set *by, const char *const **out)
{
    const char **names = arena_array(ctx->arena, by->segment_count + 1u, sizeof *names);
    if (!names)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < by->segment_count; i++)
        names[i] = analysis->study->columns.segments[by->segments[i]].column;
    *out = names;
    return STATUS_OK;
}

/* The measures of the request, for those that look at the others. */
static struct measuring measuring_make(const struct analysis *analysis, uint32_t set)
{
    const struct analysis_request *request = analysis->request;
    return (struct measuring){.pairs = analysis->pairs,
                              .set = &analysis->pairs->sets[set],
                              .compared = analysis->compared[set],
                              .line_compared = analysis->line_compared ? analysis->line_compared[set] : NULL,
                              .line_compared_shares = analysis->line_compared ? analysis->line_compared_shares[set] : NULL,
                              .before = analysis->before,
                              .asked = set ? analysis->agenda.by : analysis->agenda.totals,
                              .asked_count = set ? analysis->agenda.by_count : analysis->agenda.total_count,
                              .replicates = request->replicates,
                              .confidence = request->confidence,
                              .seed = request->seed};
}

static enum status measure_run(struct ctx *ctx, struct analysis *analysis, const struct agenda_task *task)
{
    const struct by_set *by = &analysis->pairs->sets[task->set].by;
    const char *const *names = NULL;
    struct table *table = NULL;
    struct measuring measuring = measuring_make(analysis, task->set);
    enum status status = by_names(ctx, analysis, by, &names);
    if (!status)
        status = table_create(ctx, task->measure, names, by->segment_count, &table);
    if (!status)
        status = ctx_cancelled(ctx);
    if (!status)
        status = task->measure->run(ctx, &measuring, table);
    analysis->tables[analysis->table_count++] = table;
    return status;
}

/* The cases that a task reads, then and now. */
static enum status task_take_cases(struct ctx *ctx, const struct analysis *analysis, const struct agenda_task *task)
{
    if (!(task->measure->needs & NEED_CASES))
        return STATUS_OK;
    enum status status = cases_take(ctx, analysis->pairs, task->set);
    return status ? status : cases_take(ctx, analysis->before, task->set);
}

static enum status measures_run(struct ctx *ctx, struct analysis *analysis)
{
    const struct agenda *agenda = &analysis->agenda;
    analysis->tables = arena_array(ctx->arena, agenda->task_count + 1u, sizeof *analysis->tables);
    enum status status = analysis->tables ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t i = 0; i < agenda->task_count && !status; i++) {
        status = task_take_cases(ctx, analysis, &agenda->tasks[i]);
        if (!status)
            status = measure_run(ctx, analysis, &agenda->tasks[i]);
    }
    return status;
}

/* A group of a by-set as a row, so that the gate can judge it before anything is measured. */
static enum status group_row_make(struct ctx *ctx, const struct pairs *pairs, const struct group_set *set, uint32_t group,
                                  struct table *table)
{
    struct row *row = NULL;
    enum status status = table_add_row(ctx, table, &row);
    if (status)
        return status;
    for (uint32_t i = 0; i < table->by_count; i++)
        row->by[i] = pairs_value_text(pairs, set, &set->groups[group], i);
    row->group = group;
    row->group_size = row->support = set->groups[group].respondents;
    return STATUS_OK;
}

/* Which groups may be compared with others: those that the gate will not hide. */
static enum status groups_compare(struct ctx *ctx, struct analysis *analysis, const struct release_rule *rule)
{
    static const struct measure group_measure = {.name = "group"};
    const struct pairs *pairs = analysis->pairs;
    const struct table **tables = arena_array(ctx->arena, pairs->set_count + 1u, sizeof *tables);
    enum status status = tables ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t s = 0; s < pairs->set_count && !status; s++) {
        const struct group_set *set = &pairs->sets[s];
        const char *const *names = NULL;
        struct table *table = NULL;
        status = by_names(ctx, analysis, &set->by, &names);
        if (!status)
            status = table_create(ctx, &group_measure, names, set->by.segment_count, &table);
        for (uint32_t g = 0; g < set->group_count && !status; g++)
            status = group_row_make(ctx, pairs, set, g, table);
        tables[s] = table;
    }
    return status ? status : groups_release(ctx, tables, pairs->set_count, *rule, &analysis->compared);
}

/* Does a table of the request compare groups, or the answers of two years? */
static bool anything_compares(const struct analysis *analysis)
{
    for (uint32_t i = 0; i < analysis->agenda.task_count; i++) {
        const struct measure *measure = analysis->agenda.tasks[i].measure;
        if ((measure->by == BY_GROUPS || measure->by == BY_TIME || measure->compares) &&
            (measure->needs & GROUP_MEANS_NEEDS) == GROUP_MEANS_NEEDS)
            return true;
    }
    return false;
}

/* All groups of a set in all lines as rows, so that the gate can judge them before anything is measured. */
static enum status lines_table(struct ctx *ctx, const struct analysis *analysis, uint32_t set, struct table **out)
{
    static const struct column column = {"n", "n", "", "", 0, COLUMN_COUNT, false, false};
    static const struct measure line_measure = {.name = "line", .columns = &column, .column_count = 1};
    const struct pairs *pairs = analysis->pairs;
    const char *const *names = NULL;
    enum status status = by_names(ctx, analysis, &pairs->sets[set].by, &names);
    if (!status)
        status = table_create(ctx, &line_measure, names, pairs->sets[set].by.segment_count, out);
    uint32_t groups = pairs->sets[set].group_count;
    for (uint32_t at = 0; at < groups * subject_count(analysis->study) && !status; at++) {
        status = group_row_make(ctx, pairs, &pairs->sets[set], at % groups, *out);
        if (status)
            return status;
        struct row *row = &(*out)->rows[at];
        enum reason blank = REASON_NONE;
        row->line = at / groups;
        row->support = subject_respondents(analysis->study, &pairs->sets[set].groups[at % groups], row->line, &blank);
        row->values[0] = blank ? value_blank(blank) : value_count(row->support);
    }
    return status;
}

/* Which groups may be compared line by line: those that the gate will not hide there. */
static enum status lines_compare(struct ctx *ctx, struct analysis *analysis, const struct release_rule *rule)
{
    uint32_t count = analysis->pairs->set_count;
    const struct table **tables = arena_array(ctx->arena, count + 1u, sizeof *tables);
    if (!anything_compares(analysis))
        return STATUS_OK;
    enum status status = tables ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t s = 0; s < count && !status; s++) {
        struct table *table = NULL;
        status = lines_table(ctx, analysis, s, &table);
        tables[s] = table;
    }
    if (!status)
        status = lines_release(ctx, tables, count, *rule, true, &analysis->line_compared_shares);
    return status ? status : lines_release(ctx, tables, count, *rule, false, &analysis->line_compared);
}

/* Answers of a file, with or without a cache. The remark about the first that could not be cached is enough. */
static enum status answers_take(struct ctx *ctx, const struct analysis *analysis, const struct format_source *source,
                                struct problems *problems, const struct answers **out)
{
    char again[CACHE_REMARK_BYTES];
    char *remark = analysis->request->cache_remark;
    return answers_read_with_cache(ctx, source, analysis->study, problems, remark && remark[0] ? again : remark, out);
}

/* The older answers of --compare, read and paired as the others are. */
static enum status before_make(struct ctx *ctx, struct analysis *analysis, struct problems *problems)
{
    const struct answers *answers = NULL;
    if (!analysis->request->before.path)
        return STATUS_OK;
    enum status status = answers_take(ctx, analysis, &analysis->request->before, problems, &answers);
    if (!status && analysis->plan.weighted)
        status = weights_make(ctx, answers, &answers);
    return status ? status : pairs_make(ctx, answers, &analysis->plan, &analysis->before);
}

static struct document_head head_make(const struct analysis *analysis)
{
    const struct analysis_request *request = analysis->request;
    const struct pairs *pairs = analysis->pairs;
    return (struct document_head){.title = request->title ? request->title : analysis->study->title,
                                  .study = analysis->study,
                                  .pairing = pairs->pairing,
                                  .fieldwork = analysis->answers->fieldwork,
                                  .clusters = pairs->clustered ? pairs->clusters : 0,
                                  .strata = pairs->stratum_count,
                                  .repeats = pairs->repeats,
                                  .weighted = analysis->plan.weighted,
                                  .confidence = request->confidence,
                                  .floor = request->floor,
                                  .seed = request->seed,
                                  .language = analysis->language,
                                  .by_dimension = request->by_dimension,
                                  .notes = analysis->answers->notes,
                                  .note_count = analysis->answers->note_count};
}

static enum status document_make(struct ctx *ctx, const struct analysis *analysis, const struct document **out)
{
    struct document_head head = head_make(analysis);
    struct report_tables tables = {.tables = analysis->released, .count = analysis->table_count};
    if (!analysis->request->story)
        return report_tables_document(ctx, &head, &tables, analysis->request->wide, out);
    enum status status = report_story(ctx, &head, &tables, analysis->request->sections, out);
    return status || !analysis->request->chart.name ? status : chart_choose(ctx, *out, &analysis->request->chart, out);
}

/* Takes out the tables that only the gate was to see. */
static enum status guards_drop(struct ctx *ctx, struct analysis *analysis)
{
    const struct released_table **kept = arena_array(ctx->arena, analysis->table_count + 1u, sizeof *kept);
    uint32_t count = 0;
    if (!kept)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < analysis->table_count; i++) {
        if (!analysis->agenda.tasks[i].guard)
            kept[count++] = analysis->released[i];
    }
    analysis->released = kept;
    analysis->table_count = count;
    return STATUS_OK;
}

/* What the gate must know beside the tables. */
static enum status rule_fill(struct ctx *ctx, const struct analysis *analysis, struct release_rule *rule)
{
    rule->respondents = analysis->pairs->pairing.respondents;
    return rule->floor > 1 ? crossing_make(ctx, analysis->answers, &analysis->plan, rule) : STATUS_OK;
}

/* Study and answers are there: everything after them. */
static enum status analysis_finish(struct ctx *ctx, struct analysis *analysis, struct problems *problems,
                                   const struct document **out)
{
    struct release_rule rule = {.floor = analysis->request->floor, .floor_totals = analysis->agenda.guarded};
    enum status status = STATUS_OK;
    if (analysis->plan.weighted)
        status = weights_make(ctx, analysis->answers, &analysis->answers);
    if (!status)
        status = pairs_make(ctx, analysis->answers, &analysis->plan, &analysis->pairs);
    if (!status)
        status = before_make(ctx, analysis, problems);
    if (!status)
        status = rule_fill(ctx, analysis, &rule);
    if (!status)
        status = groups_compare(ctx, analysis, &rule);
    if (!status)
        status = lines_compare(ctx, analysis, &rule);
    if (!status)
        status = measures_run(ctx, analysis);
    if (!status)
        status = tables_release(ctx, analysis->tables, analysis->table_count, rule, &analysis->released);
    if (!status && analysis->agenda.guarded)
        status = guards_drop(ctx, analysis);
    return status ? status : document_make(ctx, analysis, out);
}

/* Finds what the request wants of the study. Plain tables are in English, as their columns are. */
static enum status analysis_plan(struct ctx *ctx, struct analysis *analysis)
{
    const struct analysis_request *request = analysis->request;
    enum status status =
        report_language_choose(ctx, request->story ? request->language : "en", analysis->study, &analysis->language);
    if (!status)
        status = agenda_make(ctx, request, analysis->study, &analysis->agenda);
    analysis->agenda.guarded = analysis->live && analysis->request->floor > 1;
    return status ? status : agenda_plan(ctx, analysis->request, analysis->study, &analysis->agenda, &analysis->plan);
}

enum status analysis_of_live(struct ctx *ctx, const struct analysis_request *request, const struct live_answers *live,
                             const struct document **out)
{
    struct problems problems;
    struct analysis *analysis = arena_alloc(ctx->arena, sizeof *analysis);
    if (!analysis)
        return ctx_no_memory(ctx);
    analysis->request = request;
    analysis->study = live->study;
    analysis->answers = live->answers;
    analysis->live = true;
    enum status status = problems_init(ctx, &problems, false);
    if (!status)
        status = analysis_plan(ctx, analysis);
    return status ? status : analysis_finish(ctx, analysis, &problems, out);
}

/* A store in the place of a file of answers. */
static enum status document_of_store(struct ctx *ctx, const struct analysis_request *request, const struct document **out)
{
    struct live_answers live;
    enum status status = live_answers_read(ctx, request->source.path, request->study_path, &live);
    return status ? status : analysis_of_live(ctx, request, &live, out);
}

enum status analysis_document(struct ctx *ctx, const struct analysis_request *request, struct problems *problems,
                              const struct document **out)
{
    if (request->before.path && source_is_live(&request->before))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "--compare takes a file of older answers; %s is a store of live studies.",
                        request->before.path);
    if (request->cache_remark && source_is_live(&request->source))
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "--cache is for files of answers; %s is a store of live studies, and read as it is.",
                        request->source.path);
    if (source_is_live(&request->source))
        return document_of_store(ctx, request, out);
    struct analysis *analysis = arena_alloc(ctx->arena, sizeof *analysis);
    if (!analysis)
        return ctx_no_memory(ctx);
    analysis->request = request;
    enum status status = study_read_file(ctx, request->study_path, &analysis->study);
    if (!status)
        status = analysis_plan(ctx, analysis);
    if (!status)
        status = answers_take(ctx, analysis, &request->source, problems, &analysis->answers);
    return status ? status : analysis_finish(ctx, analysis, problems, out);
}
