/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <string.h>
#include <unistd.h>

#include "app/checking.h"
#include "app/live_answers.h"
#include "base/out.h"
#include "cli/analysis_options.h"

#define EXAMPLES_MOST 20u

static const struct option_row check_options[] = {
    {.name = "--study",
     .argument = "FILE",
     .meaning = "what was asked and where the answers stand (JSON); of a store: the study's name"},
    SOURCE_OPTION_ROWS,
    {.name = "--strict", .meaning = "leave with exit code 1 when anything was found"},
    THREADS_OPTION_ROW,
    {.name = NULL},
};

/* The lines to paste, each once. */
static void advice_write(struct out *out, const struct problems *problems)
{
    bool begun = false;
    for (uint32_t i = 0; i < problems->kept_count; i++) {
        const char *advice = problems->kept[i].advice;
        bool seen = !*advice;
        for (uint32_t j = 0; j < i && !seen; j++)
            seen = strcmp(problems->kept[j].advice, advice) == 0;
        if (seen)
            continue;
        if (!begun)
            out_text(out, "\nIf such a value means \"no answer\", paste its line under \"missing\" in the study file:\n");
        begun = true;
        out_format(out, "  %s\n", advice);
    }
}

static void problems_write(struct out *out, const struct problems *problems)
{
    char text[1024];
    out_format(out, "Problems: %llu\n", (unsigned long long)problems->total);
    for (unsigned kind = 0; kind < PROBLEM_KIND_COUNT; kind++) {
        if (problems->count[kind])
            out_format(out, "  %8llu  %s\n", (unsigned long long)problems->count[kind],
                       problem_kind_words((enum problem_kind)kind));
    }
    if (*problems->remark)
        out_format(out, "\n%s\n", problems->remark);
    if (problems->kept_count)
        out_text(out, "\n");
    for (uint32_t i = 0; i < problems->kept_count && i < EXAMPLES_MOST; i++) {
        problem_format(&problems->kept[i], text, sizeof text);
        out_format(out, "  %s\n", text);
    }
    if (problems->total > EXAMPLES_MOST)
        out_format(out, "  … and %llu more\n", (unsigned long long)(problems->total - EXAMPLES_MOST));
    advice_write(out, problems);
}

static double percent(uint64_t part, uint64_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static void missing_write(struct out *out, const struct check *check)
{
    out_text(out, "\nMissing answers\n");
    for (unsigned s = 0; s < STANDARD_COUNT; s++) {
        const uint64_t *missing = check->pairing.missing[s];
        uint64_t asked = check->pairing.asked[s];
        if (!asked)
            continue;
        uint64_t all = missing[MISSING_SKIPPED] + missing[MISSING_NOT_ASKED] + missing[MISSING_DECLARED];
        out_format(out, "  %-12s %6.1f %%  (%llu skipped, %llu not asked, %llu declared, of %llu)\n",
                   standard_name((enum standard)s), percent(all, asked), (unsigned long long)missing[MISSING_SKIPPED],
                   (unsigned long long)missing[MISSING_NOT_ASKED], (unsigned long long)missing[MISSING_DECLARED],
                   (unsigned long long)asked);
    }
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

/* Who answered; a study without expectations or without experience has no two sides. */
static void pairing_write(struct out *out, const struct study *study, const struct pairing *pairing)
{
    out_format(out, "\n%llu encounter%s of %llu respondent%s", (unsigned long long)pairing->encounters,
               plural(pairing->encounters), (unsigned long long)pairing->respondents, plural(pairing->respondents));
    if (study_asks_any(study, STANDARD_EXPECTATION) && study_asks_any(study, STANDARD_PERCEPTION))
        out_format(out, ": %llu answered both%s, %llu expectation only, %llu perception only", (unsigned long long)pairing->both,
                   study->asked == ASKED_BEFORE ? " times" : "", (unsigned long long)pairing->expectation_only,
                   (unsigned long long)pairing->perception_only);
    out_char(out, '\n');
}

static void straight_line(struct out *out, const struct pairing *pairing, const char *what, uint64_t count)
{
    out_format(out, "  %-11s %6.1f %%  (%llu)\n", what, percent(count, pairing->encounters), (unsigned long long)count);
}

static void straight_write(struct out *out, const struct study *study, const struct pairing *pairing)
{
    bool expected = study_asks_any(study, STANDARD_EXPECTATION), got = study_asks_any(study, STANDARD_PERCEPTION);
    if (!expected && !got)
        return;
    out_text(out, "\nThe same answer to every item (3 or more answered); nobody is left out for it\n");
    if (expected)
        straight_line(out, pairing, "expectation", pairing->straight_expectation);
    if (got)
        straight_line(out, pairing, "perception", pairing->straight_perception);
    if (expected && got)
        straight_line(out, pairing, "both", pairing->straight_both);
}

static void inversions_write(struct out *out, const struct check *check)
{
    if (!study_asks_any(check->study, STANDARD_MINIMUM) || !study_asks_any(check->study, STANDARD_DESIRED))
        return;
    out_text(out, "\nMinimum above desired\n");
    if (!check->inversion_count)
        out_text(out, "  none\n");
    for (uint32_t i = 0; i < check->inversion_count; i++)
        out_format(out, "  %-12s %llu of %llu\n", check->inversions[i].item->id,
                   (unsigned long long)check->inversions[i].inverted, (unsigned long long)check->inversions[i].asked);
}

/* Strata of which nothing is known but one unit, with what to do about them. */
static void strata_write(struct out *out, const struct check *check)
{
    const struct columns *columns = &check->study->columns;
    const char *unit = columns->cluster                                         ? "cluster"
                       : check->pairing.respondents < check->pairing.encounters ? "respondent"
                                                                                : "encounter";
    uint32_t lonely = 0;
    for (uint32_t i = 0; i < check->stratum_count; i++)
        lonely += check->strata[i].units < 2;
    if (!lonely)
        return;
    out_format(out,
               "\nStrata (column %s) with a single %s: errors that need them are blank; merge each with the one most like it\n",
               columns->strata, unit);
    for (uint32_t i = 0; i < check->stratum_count; i++) {
        if (check->strata[i].units < 2)
            out_format(out, "  %s\n", check->strata[i].name);
    }
}

static void check_write(struct out *out, const struct check *check)
{
    problems_write(out, &check->problems);
    if (!check->readable) {
        out_text(out, "\nThe rest is counted once these are mended.\n");
        return;
    }
    for (uint32_t i = 0; i < check->note_count; i++)
        out_format(out, "%s\n", check->notes[i].english);
    pairing_write(out, check->study, &check->pairing);
    missing_write(out, check);
    straight_write(out, check->study, &check->pairing);
    inversions_write(out, check);
    strata_write(out, check);
}

static enum status check_run(struct ctx *ctx, const struct command_line *line)
{
    struct format_source source;
    const char *study = command_option(line, "--study");
    struct out *out = NULL;
    struct check *check = arena_alloc(ctx->arena, sizeof *check);
    if (!check)
        return ctx_no_memory(ctx);
    enum status status = answers_source_read(ctx, line, &source);
    if (!status)
        status = threads_option_read(ctx, line);
    if (status)
        return status;
    if (!study && !source_is_live(&source))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "check needs --study FILE; `gapmeter guess %s -o study.json` proposes one.",
                        source.path);
    status = answers_check(ctx, &source, study, check);
    if (!status)
        status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (status)
        return status;
    check_write(out, check);
    status = out_close(ctx, out);
    bool strict = command_option(line, "--strict") != NULL;
    return !status && strict && check->findings ? STATUS_FAILURE : status;
}

const struct command command_check = {
    .name = "check",
    .operands = "ANSWERS --study FILE [--strict] | STORE [--study NAME]",
    .sentence = "Checks the quality of the answers: every problem counted, with the line to paste.",
    .description = "Values outside the scale, text in answer columns, repeated respondents and ragged rows with their place;\n"
                   "missing answers by kind, straight-lining, people who answered once, minimum above desired.",
    .example = "gapmeter check answers.csv --study study.json",
    .options = check_options,
    .operands_least = 0,
    .operands_most = 1,
    .order = 35,
    .run = check_run,
};
