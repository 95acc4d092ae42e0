/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_AGENDA_H
#define GAPMETER_APP_AGENDA_H

#include "app/analysis.h"
#include "model/measure.h"

/* One table to be made. */
struct agenda_task {
    const struct measure *measure;
    uint32_t set; /* of the plan */
    bool guard;   /* not shown: it tells the gate of groups that another request may show */
};

/* What one request computes: which measures, for which by-sets. Private to app/. */
struct agenda {
    const struct measure **totals; /* [total_count] for everyone, or for the by-set that they bring */
    uint32_t total_count;
    const struct measure **by; /* [by_count] for each by-set of the request */
    uint32_t by_count;
    struct agenda_task *tasks; /* [task_count] in the order of the tables */
    uint32_t task_count;
    bool guarded;       /* set by the caller before agenda_plan: segments that are not asked for are looked at by the gate too */
    uint32_t asked_set; /* the last by-set of the request; those after it that measures did not bring are guards */
};

/* Finds the measures: those named, those that the sections of a report need, or the study's default ones.
 * fails   STATUS_USAGE with a sentence: no such measure, or one that the study or the request has nothing for; STATUS_MEMORY */
enum status agenda_make(struct ctx *ctx, const struct analysis_request *request, const struct study *study,
                        struct agenda *out) MUST_USE;

/* The by-sets and counts that the agenda needs, and its tasks.
 * fails   STATUS_USAGE  no such segment, too many; STATUS_MEMORY */
enum status agenda_plan(struct ctx *ctx, const struct analysis_request *request, const struct study *study, struct agenda *agenda,
                        struct plan *out) MUST_USE;

#endif
