/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/agenda.h"

#include <string.h>

#include "base/limits.h"
#include "base/out.h"
#include "model/section.h"

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

/* Does the request bring what the measure needs beside the study: older answers, resampling, the wish for it? */
static bool request_has(const struct analysis_request *request, const struct measure *measure)
{
    return (!measure->compares || request->before.path) && (!measure->resamples || request->replicates) &&
           (!measure->anytime || request->anytime);
}

/* A measure goes to everyone or to the by-set it brings, and to each by-set of the request. */
static void agenda_add(struct agenda *agenda, const struct measure *measure)
{
    if (measure->by != BY_GROUPS)
        measure_insert(agenda->totals, &agenda->total_count, measure);
    if (measure->by == BY_ANY || measure->by == BY_GROUPS)
        measure_insert(agenda->by, &agenda->by_count, measure);
}

/* A measure that the user named must be possible. */
static enum status named_check(struct ctx *ctx, const struct analysis_request *request, const struct study *study,
                               const struct measure *measure)
{
    const char *missing = "", *option = NULL;
    if (measure_applies(measure, study, &missing) != REASON_NONE)
        return measure_refuse(ctx, measure, missing);
    if (measure->by == BY_GROUPS && !request->by_count)
        option = "--by SEGMENT, since it compares groups";
    else if (measure->compares && !request->before.path)
        option = "--compare OLD, the older answers to compare with";
    else if (measure->resamples && !request->replicates)
        option = "--bootstrap N, such as --bootstrap 2000";
    if (option)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "The table %s needs %s.", measure->name, option);
    return STATUS_OK;
}

static enum status agenda_of_names(struct ctx *ctx, const struct analysis_request *request, const struct study *study,
                                   struct agenda *agenda)
{
    for (size_t i = 0; i < request->measure_count; i++) {
        const struct measure *measure = measure_find(span_of(request->measures[i]));
        if (!measure)
            return ctx_fail(ctx, STATUS_USAGE, NULL,
                            "There is no table called \"%s\"; `gapmeter measures` lists those there are.", request->measures[i]);
        enum status status = named_check(ctx, request, study, measure);
        if (status)
            return status;
        agenda_add(agenda, measure);
    }
    return STATUS_OK;
}

static void agenda_of_defaults(const struct analysis_request *request, const struct study *study, struct agenda *agenda)
{
    for (size_t i = 0; i < measure_register_count; i++) {
        const struct measure *measure = measure_register[i];
        if (measure_is_default(measure, study) && request_has(request, measure))
            agenda_add(agenda, measure);
    }
}

/* What the request is, while sections name what they need. */
struct agenda_asking {
    const struct analysis_request *request;
    const struct study *study;
};

static void agenda_add_names(const struct agenda_asking *asking, const char *const *names, const struct measure **list,
                             uint32_t *count)
{
    for (; names && *names; names++) {
        const struct measure *measure = measure_find(span_of(*names));
        const char *missing = "";
        if (measure && measure->by != BY_GROUPS && measure_applies(measure, asking->study, &missing) == REASON_NONE &&
            request_has(asking->request, measure))
            measure_insert(list, count, measure);
    }
}

/* Groups are shown by what the study shows of everyone by default, and by what compares groups and nothing else. */
static void agenda_add_by(const struct agenda_asking *asking, const char *const *names, struct agenda *agenda)
{
    for (; names && *names; names++) {
        const struct measure *measure = measure_find(span_of(*names));
        const char *missing = "";
        bool compares = measure && measure->by == BY_GROUPS && !measure_applies(measure, asking->study, &missing);
        if (measure && (compares || measure_is_default(measure, asking->study)) && request_has(asking->request, measure))
            measure_insert(agenda->by, &agenda->by_count, measure);
    }
}

/* Is the section among those that the request names? No names: all are. */
static bool section_asked(const struct analysis_request *request, const struct section *section)
{
    for (const char *const *name = request->sections; name && *name; name++) {
        if (strcmp(*name, section->name) == 0)
            return true;
    }
    return !request->sections;
}

static void agenda_of_sections(const struct analysis_request *request, const struct study *study, struct agenda *agenda)
{
    const struct agenda_asking asking = {.request = request, .study = study};
    for (size_t i = 0; i < section_register_count; i++) {
        const struct section *section = section_register[i];
        if (!section_asked(request, section))
            continue;
        agenda_add_names(&asking, section->measures, agenda->totals, &agenda->total_count);
        agenda_add_by(&asking, section->by_measures, agenda);
    }
}

/* What declares figures for resampling gets them with --bootstrap, whether or not that table was named. */
static void agenda_add_bootstrap(const struct measure **list, uint32_t *count)
{
    const struct measure *bootstrap = measure_find(span_of("bootstrap"));
    bool any = false;
    for (uint32_t i = 0; i < *count; i++)
        any |= list[i]->resample != NULL;
    if (any && bootstrap)
        measure_insert(list, count, bootstrap);
}

/* What --anytime adds, where the study has it. */
static void agenda_add_anytime(const struct study *study, struct agenda *agenda)
{
    for (size_t i = 0; i < measure_register_count; i++) {
        const char *missing = "";
        if (measure_register[i]->anytime && measure_applies(measure_register[i], study, &missing) == REASON_NONE)
            agenda_add(agenda, measure_register[i]);
    }
}

enum status agenda_make(struct ctx *ctx, const struct analysis_request *request, const struct study *study, struct agenda *out)
{
    *out = (struct agenda){.totals = NULL};
    out->totals = arena_array(ctx->arena, measure_register_count + 1, sizeof *out->totals);
    out->by = arena_array(ctx->arena, measure_register_count + 1, sizeof *out->by);
    if (!out->totals || !out->by)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    if (request->story)
        agenda_of_sections(request, study, out);
    else if (request->measure_count)
        status = agenda_of_names(ctx, request, study, out);
    else
        agenda_of_defaults(request, study, out);
    if (request->anytime && !request->story)
        agenda_add_anytime(study, out);
    if (request->replicates && !request->story) {
        agenda_add_bootstrap(out->totals, &out->total_count);
        agenda_add_bootstrap(out->by, &out->by_count);
    }
    measures_sort(out->totals, out->total_count);
    measures_sort(out->by, out->by_count);
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

/* The by-set that a measure brings with it, added to the plan unless the request has it already. */
static enum status set_of_measure(struct ctx *ctx, const struct study *study, const struct measure *measure, struct plan *plan,
                                  uint32_t *set)
{
    struct by_set own = {.segment_count = 0};
    uint32_t segments[2];
    own.segment_count = measure_segments(measure, study, segments);
    memcpy(own.segments, segments, own.segment_count * sizeof *segments);
    for (*set = 0; *set < plan->set_count; ++*set) {
        const struct by_set *other = &plan->sets[*set];
        if (other->segment_count == own.segment_count &&
            memcmp(other->segments, own.segments, own.segment_count * sizeof *segments) == 0)
            return STATUS_OK;
    }
    if (plan->set_count == BY_SETS_MAX)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "--by may be given at most %u times beside the table %s.", BY_SETS_MAX - 2,
                        measure->name);
    plan->sets[plan->set_count++] = own;
    return STATUS_OK;
}

/* A study that is asked again and again by requests that know nothing of each other: groups that two of them show must not give
 * away a third. So the gate sees every declared segment each time that groups are asked for. */
static void guards_add(const struct study *study, struct plan *plan)
{
    for (uint32_t segment = 0; segment < study->columns.segment_count && plan->set_count < BY_SETS_MAX - 2; segment++) {
        bool asked = false;
        for (uint32_t set = 1; set < plan->set_count; set++)
            asked |= plan->sets[set].segment_count == 1 && plan->sets[set].segments[0] == segment;
        if (!asked)
            plan->sets[plan->set_count++] = (struct by_set){.segment_count = 1, .segments = {segment}};
    }
}

static enum status tasks_make(struct ctx *ctx, const struct study *study, struct agenda *agenda, struct plan *plan)
{
    uint32_t asked = plan->set_count;
    agenda->tasks =
        arena_array(ctx->arena, (size_t)agenda->total_count + (size_t)asked * agenda->by_count + 1u, sizeof *agenda->tasks);
    if (!agenda->tasks)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < agenda->total_count && !status; i++) {
        struct agenda_task *task = &agenda->tasks[agenda->task_count++];
        task->measure = agenda->totals[i];
        plan->needs |= task->measure->needs;
        status = set_of_measure(ctx, study, task->measure, plan, &task->set);
    }
    for (uint32_t set = 1; set < asked; set++) {
        for (uint32_t i = 0; i < agenda->by_count; i++) {
            plan->needs |= agenda->by[i]->needs;
            agenda->tasks[agenda->task_count++] =
                (struct agenda_task){.measure = agenda->by[i], .set = set, .guard = set > agenda->asked_set};
        }
    }
    return status;
}

enum status agenda_plan(struct ctx *ctx, const struct analysis_request *request, const struct study *study, struct agenda *agenda,
                        struct plan *out)
{
    *out = (struct plan){.study = study, .policy = request->policy, .set_count = 1, .cases_in_turn = true};
    out->weighted = study_is_weighted(study) && !request->unweighted;
    if (request->by_count + 1 > BY_SETS_MAX)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "--by may be given at most %u times.", BY_SETS_MAX - 1);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < request->by_count && !status; i++)
        status = by_parse(ctx, study, request->by[i], &out->sets[out->set_count++]);
    agenda->asked_set = out->set_count - 1;
    if (!status && agenda->guarded && request->by_count)
        guards_add(study, out);
    return status ? status : tasks_make(ctx, study, agenda, out);
}
