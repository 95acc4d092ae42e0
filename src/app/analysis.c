/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/analysis.h"

#include <string.h>

#include "app/crossing.h"
#include "base/limits.h"
#include "disclose/release.h"
#include "formats/reading.h"
#include "instrument/study_file.h"
#include "model/measure.h"
#include "model/section.h"
#include "pair/pairing.h"
#include "report/story.h"

/* What is to be computed: measures for everyone, and measures for each by-set. */
struct agenda {
    const struct measure **totals; /* [total_count] */
    uint32_t total_count;
    const struct measure **by; /* [by_count] */
    uint32_t by_count;
};

/* One request on its way through the rooms. */
struct analysis {
    const struct analysis_request *request;
    const struct study *study;
    const struct answers *answers;
    const struct pairs *pairs;
    struct agenda agenda;
    struct plan plan;
    const struct table **tables;
    uint32_t table_count;
    const struct released_table *const *released;
};

static void measure_insert(const struct measure **list, uint32_t *count, const struct measure *measure)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (list[i] == measure)
            return;
    }
    list[(*count)++] = measure;
}

static void measures_sort(const struct measure **list, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        for (uint32_t j = i; j > 0 && list[j]->order < list[j - 1]->order; j--) {
            const struct measure *swap = list[j];
            list[j] = list[j - 1];
            list[j - 1] = swap;
        }
    }
}

static enum status measure_refuse(struct ctx *ctx, const struct measure *measure, const char *missing)
{
    return ctx_fail(ctx, STATUS_USAGE, NULL,
                    "The table %s needs %s, which this study does not have; `gapmeter measures %s` says what it needs.",
                    measure->name, missing, measure->name);
}

static enum status agenda_of_names(struct ctx *ctx, struct analysis *analysis)
{
    const struct analysis_request *request = analysis->request;
    struct agenda *agenda = &analysis->agenda;
    for (size_t i = 0; i < request->measure_count; i++) {
        const struct measure *measure = measure_find(span_of(request->measures[i]));
        if (!measure)
            return ctx_fail(ctx, STATUS_USAGE, NULL,
                            "There is no table called \"%s\"; `gapmeter measures` lists those there are.", request->measures[i]);
        const char *missing = "";
        if (measure_applies(measure, analysis->study, &missing) != REASON_NONE)
            return measure_refuse(ctx, measure, missing);
        measure_insert(agenda->totals, &agenda->total_count, measure);
        measure_insert(agenda->by, &agenda->by_count, measure);
    }
    return STATUS_OK;
}

static void agenda_of_defaults(struct analysis *analysis)
{
    struct agenda *agenda = &analysis->agenda;
    for (size_t i = 0; i < measure_register_count; i++) {
        const struct measure *measure = measure_register[i];
        if (!measure_is_default(measure, analysis->study))
            continue;
        measure_insert(agenda->totals, &agenda->total_count, measure);
        measure_insert(agenda->by, &agenda->by_count, measure);
    }
}

static void agenda_add_names(const struct analysis *analysis, const char *const *names, const struct measure **list,
                             uint32_t *count)
{
    for (; names && *names; names++) {
        const struct measure *measure = measure_find(span_of(*names));
        const char *missing = "";
        if (measure && measure_applies(measure, analysis->study, &missing) == REASON_NONE)
            measure_insert(list, count, measure);
    }
}

/* Groups are compared only by what the study shows of everyone by default. */
static void agenda_add_by(struct analysis *analysis, const char *const *names)
{
    struct agenda *agenda = &analysis->agenda;
    for (; names && *names; names++) {
        const struct measure *measure = measure_find(span_of(*names));
        if (measure && measure_is_default(measure, analysis->study))
            measure_insert(agenda->by, &agenda->by_count, measure);
    }
}

static void agenda_of_sections(struct analysis *analysis)
{
    struct agenda *agenda = &analysis->agenda;
    for (size_t i = 0; i < section_register_count; i++) {
        const struct section *section = section_register[i];
        agenda_add_names(analysis, section->measures, agenda->totals, &agenda->total_count);
        agenda_add_by(analysis, section->by_measures);
    }
}

static enum status agenda_make(struct ctx *ctx, struct analysis *analysis)
{
    struct agenda *agenda = &analysis->agenda;
    agenda->totals = arena_array(ctx->arena, measure_register_count + 1, sizeof *agenda->totals);
    agenda->by = arena_array(ctx->arena, measure_register_count + 1, sizeof *agenda->by);
    if (!agenda->totals || !agenda->by)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    if (analysis->request->story)
        agenda_of_sections(analysis);
    else if (analysis->request->measure_count)
        status = agenda_of_names(ctx, analysis);
    else
        agenda_of_defaults(analysis);
    measures_sort(agenda->totals, agenda->total_count);
    measures_sort(agenda->by, agenda->by_count);
    return status;
}

static enum status segment_refuse(struct ctx *ctx, const struct study *study, struct span name)
{
    struct out *known = NULL;
    enum status status = out_open_memory(ctx, &known);
    if (status)
        return status;
    for (uint32_t i = 0; i < study->columns.segment_count; i++)
        out_format(known, "%s%s", i ? ", " : "", study->columns.segments[i].column);
    struct span list = out_bytes(known);
    if (!list.length)
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "The study declares no segments, so --by %.*s is not possible; list the column under "
                        "columns.segments in the study file.",
                        (int)name.length, name.at);
    return ctx_fail(ctx, STATUS_USAGE, NULL, "\"%.*s\" is not a segment of this study; there are: %.*s.", (int)name.length,
                    name.at, (int)list.length, list.at);
}

/* "branch,sex" → the indices of two segments. */
static enum status by_parse(struct ctx *ctx, const struct study *study, const char *text, struct by_set *out)
{
    struct span rest = span_of(text);
    *out = (struct by_set){.segment_count = 0};
    while (true) {
        const char *comma = rest.length ? memchr(rest.at, ',', rest.length) : NULL;
        size_t length = comma ? (size_t)(comma - rest.at) : rest.length;
        struct span name = span_trim((struct span){.at = rest.at, .length = length});
        uint32_t segment = study_segment(study, name);
        if (segment == UINT32_MAX)
            return segment_refuse(ctx, study, name);
        if (out->segment_count == BY_SET_SEGMENTS_MAX)
            return ctx_fail(ctx, STATUS_USAGE, NULL, "--by %s crosses more than %u segments.", text, BY_SET_SEGMENTS_MAX);
        for (uint32_t i = 0; i < out->segment_count; i++) {
            if (out->segments[i] == segment)
                return ctx_fail(ctx, STATUS_USAGE, NULL, "--by %s names a segment twice.", text);
        }
        out->segments[out->segment_count++] = segment;
        if (!comma)
            return STATUS_OK;
        rest = (struct span){.at = comma + 1, .length = rest.length - length - 1};
    }
}

static enum status plan_make(struct ctx *ctx, struct analysis *analysis)
{
    const struct analysis_request *request = analysis->request;
    struct plan *plan = &analysis->plan;
    *plan = (struct plan){.study = analysis->study, .policy = request->policy, .set_count = 1};
    plan->weighted = analysis->study->columns.weight && !request->unweighted;
    for (uint32_t i = 0; i < analysis->agenda.total_count; i++)
        plan->needs |= analysis->agenda.totals[i]->needs;
    if (request->by_count + 1 > BY_SETS_MAX)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "--by may be given at most %u times.", BY_SETS_MAX - 1);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < request->by_count && !status; i++)
        status = by_parse(ctx, analysis->study, request->by[i], &plan->sets[plan->set_count++]);
    for (uint32_t i = 0; i < analysis->agenda.by_count && request->by_count; i++)
        plan->needs |= analysis->agenda.by[i]->needs;
    return status;
}

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

static enum status measure_run(struct ctx *ctx, struct analysis *analysis, const struct measure *measure, uint32_t set)
{
    const struct group_set *groups = &analysis->pairs->sets[set];
    const char *const *names = NULL;
    struct table *table = NULL;
    struct measuring measuring = {
        .pairs = analysis->pairs, .set = groups, .confidence = analysis->request->confidence, .seed = analysis->request->seed};
    enum status status = by_names(ctx, analysis, &groups->by, &names);
    if (!status)
        status = table_create(ctx, measure, names, groups->by.segment_count, &table);
    if (!status)
        status = ctx_cancelled(ctx);
    if (!status)
        status = measure->run(ctx, &measuring, table);
    analysis->tables[analysis->table_count++] = table;
    return status;
}

static enum status measures_run(struct ctx *ctx, struct analysis *analysis)
{
    const struct agenda *agenda = &analysis->agenda;
    uint32_t sets = analysis->plan.set_count;
    analysis->tables =
        arena_array(ctx->arena, (size_t)agenda->total_count + (size_t)sets * agenda->by_count + 1u, sizeof *analysis->tables);
    if (!analysis->tables)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < agenda->total_count && !status; i++)
        status = measure_run(ctx, analysis, agenda->totals[i], 0);
    for (uint32_t set = 1; set < sets && !status; set++) {
        for (uint32_t i = 0; i < agenda->by_count && !status; i++)
            status = measure_run(ctx, analysis, agenda->by[i], set);
    }
    return status;
}

static struct document_head head_make(const struct analysis *analysis)
{
    const struct analysis_request *request = analysis->request;
    const struct pairs *pairs = analysis->pairs;
    return (struct document_head){.title = request->title ? request->title : analysis->study->title,
                                  .study = analysis->study,
                                  .pairing = pairs->pairing,
                                  .clusters = pairs->clustered ? pairs->clusters : 0,
                                  .repeats = pairs->repeats,
                                  .weighted = analysis->plan.weighted,
                                  .confidence = request->confidence,
                                  .floor = request->floor,
                                  .seed = request->seed,
                                  .language = request->language,
                                  .notes = analysis->answers->notes,
                                  .note_count = analysis->answers->note_count};
}

static enum status document_make(struct ctx *ctx, const struct analysis *analysis, const struct document **out)
{
    struct document_head head = head_make(analysis);
    struct report_tables tables = {.tables = analysis->released, .count = analysis->table_count};
    if (analysis->request->story)
        return report_story(ctx, &head, &tables, analysis->request->sections, out);
    return report_tables_document(ctx, &head, &tables, analysis->request->wide, out);
}

/* What the gate must know beside the tables. */
static enum status rule_fill(struct ctx *ctx, const struct analysis *analysis, struct release_rule *rule)
{
    rule->respondents = analysis->pairs->pairing.respondents;
    return rule->floor > 1 ? crossing_make(ctx, analysis->answers, &analysis->plan, rule) : STATUS_OK;
}

enum status analysis_document(struct ctx *ctx, const struct analysis_request *request, struct problems *problems,
                              const struct document **out)
{
    struct analysis *analysis = arena_alloc(ctx->arena, sizeof *analysis);
    if (!analysis)
        return ctx_no_memory(ctx);
    analysis->request = request;
    struct release_rule rule = {.floor = request->floor};
    enum status status = study_read_file(ctx, request->study_path, &analysis->study);
    if (!status)
        status = agenda_make(ctx, analysis);
    if (!status)
        status = plan_make(ctx, analysis);
    if (!status)
        status = answers_read(ctx, &request->source, analysis->study, problems, &analysis->answers);
    if (!status)
        status = pairs_make(ctx, analysis->answers, &analysis->plan, &analysis->pairs);
    if (!status)
        status = measures_run(ctx, analysis);
    if (!status)
        status = rule_fill(ctx, analysis, &rule);
    if (!status)
        status = tables_release(ctx, analysis->tables, analysis->table_count, rule, &analysis->released);
    if (!status)
        status = document_make(ctx, analysis, out);
    return status;
}
