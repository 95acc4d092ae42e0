/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_ANALYSIS_H
#define GAPMETER_APP_ANALYSIS_H

#include "model/document.h"
#include "model/format.h"
#include "model/plan.h"

/* One chart of a report: "driver_bars:2" is the second of those. */
struct chart_wish {
    const char *name;
    uint32_t number; /* from 1 */
};

/* What the user wants to know of which answers. */
struct analysis_request {
    struct format_source source;
    struct format_source before; /* older answers to the same questions, to compare with; path NULL = none */
    char *cache_remark; /* CACHE_REMARK_BYTES (app/packing.h): answers are kept packed beside their files; NULL = they are not */
    const char *study_path;      /* of the study file; with a store the name of a study */
    const char *const *measures; /* names; none = the default tables (analyze) or what the sections need (report) */
    size_t measure_count;
    const char *const *by; /* "branch" or "branch,sex" */
    size_t by_count;
    double confidence; /* 0.5 … 0.9999 */
    uint64_t seed;
    uint32_t floor;      /* smallest group shown */
    uint32_t replicates; /* of the bootstrap; 0 = none is asked for */
    bool anytime;        /* intervals that hold however often one looks, beside the others */
    bool unweighted;
    enum pair_policy policy;
    bool wide;                   /* tables with every column */
    bool story;                  /* a report with sections; false = plain tables */
    const char *const *sections; /* names, ends with NULL; NULL = all */
    bool by_dimension;           /* charts of a report show items under their dimensions; false = the largest shortfall first */
    struct chart_wish chart;     /* of a report only this one; its name NULL = all of it */
    const char *title;           /* NULL = the study's */
    const char *language; /* of a report: "de"; NULL = the study's own where there are words for reports in it, else "en" */
};

struct live_answers;

/* Answers in, document out: load study · read answers · pair · measure · disclose · report.
 * takes   request   its source may be a store of live studies: study_path is then the study's name, or NULL for the only one
 *         problems  initialised by the caller; holds what was wrong with the answers
 * gives   *out      the document, in ctx->arena
 * fails   whatever a step says; STATUS_DATA with problems->total > 0 when cells were not acceptable */
enum status analysis_document(struct ctx *ctx, const struct analysis_request *request, struct problems *problems,
                              const struct document **out) MUST_USE;

/* The same of answers that were gathered from a store; source and study_path of the request are not looked at. Tables of
 * everyone are floored as groups are.
 * proof   tests/cli/live_analysis_test.c */
enum status analysis_of_live(struct ctx *ctx, const struct analysis_request *request, const struct live_answers *live,
                             const struct document **out) MUST_USE;

#endif
