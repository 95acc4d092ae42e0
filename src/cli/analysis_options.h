/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_CLI_ANALYSIS_OPTIONS_H
#define GAPMETER_CLI_ANALYSIS_OPTIONS_H

#include "app/analysis.h"
#include "cli/command_line.h"

/* The option rows of answers in two files. */
#define SOURCE_OPTION_ROWS                                                                                                       \
    {.name = "--expectation", .argument = "FILE", .meaning = "expectations in a file of their own"},                             \
        {.name = "--perception", .argument = "FILE", .meaning = "perceptions in a file of their own"},                           \
    {                                                                                                                            \
        .name = "--key", .argument = "COLUMN", .meaning = "the column that joins the two files"                                  \
    }

/* The option row of everything that reads whole files. */
#define THREADS_OPTION_ROW                                                                                                       \
    {                                                                                                                            \
        .name = "--threads", .argument = "N", .meaning = "how many to use (default: one per processor)"                          \
    }

/* The option rows that analyze and report share; a command lists them among its own. */
#define ANALYSIS_OPTION_ROWS                                                                                                     \
    {.name = "--study",                                                                                                          \
     .argument = "FILE",                                                                                                         \
     .meaning = "what was asked and where the answers stand (JSON); of a store: the study's name"},                              \
        SOURCE_OPTION_ROWS,                                                                                                      \
        {.name = "--by", .argument = "SEGMENT", .repeat = true, .meaning = "each group apart; A,B crosses two segments"},        \
        {.name = "--confidence", .argument = "LEVEL", .meaning = "of intervals and tests (default 0.95)"},                       \
        {.name = "--min-cell", .argument = "N", .meaning = "hide groups below N respondents (default 5)"},                       \
        {.name = "--pairs", .argument = "WHICH", .meaning = "available (default) or complete: only people with all pairs"},      \
        {.name = "--unweighted", .meaning = "leave the study's weight aside"},                                                   \
        {.name = "--bootstrap",                                                                                                  \
         .argument = "N",                                                                                                        \
         .meaning = "resample N times (100 or more, 2000 advised) for intervals of figures"},                                    \
        {.name = "--anytime", .meaning = "intervals of gaps that hold however often one looks while answers come in"},           \
        {.name = "--cache", .meaning = "keep answers packed beside their file, for the next time"},                              \
        {.name = "--compare", .argument = "OLD", .meaning = "older answers to the same questions: what has changed"},            \
        {.name = "--seed", .argument = "N", .meaning = "for everything drawn by chance (default 1)"}, THREADS_OPTION_ROW

/* Fills a request from the shared options and the operand ANSWERS.
 * fails   STATUS_USAGE with a sentence */
enum status analysis_options_read(struct ctx *ctx, const struct command_line *line, struct analysis_request *out) MUST_USE;

/* One file of answers, or --expectation, --perception and --key.
 * fails   STATUS_USAGE with a sentence */
enum status answers_source_read(struct ctx *ctx, const struct command_line *line, struct format_source *out) MUST_USE;

/* Prints why answers could not be kept packed, to standard error. */
void cache_remark_print(const struct analysis_request *request);

/* Sets ctx->threads to what --threads says; without it nothing changes.
 * fails   STATUS_USAGE with a sentence */
enum status threads_option_read(struct ctx *ctx, const struct command_line *line) MUST_USE;

/* Prints the problems of the answers to standard error, a line each, and how many there are in all.
 * takes   command  whose advice `gapmeter check …` is given */
void problems_print(const struct problems *problems, const struct format_source *source, const char *study_path);

#endif
