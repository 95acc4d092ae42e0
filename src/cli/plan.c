/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command_line.h"

#include <unistd.h>

#include "app/sizing.h"
#include "base/out.h"

static const struct option_row plan_options[] = {
    {.name = "--gap", .argument = "D", .meaning = "the smallest gap worth finding, in scale points (default 0.2, 0.3, 0.5)"},
    {.name = "--items", .argument = "N", .meaning = "items tested at once (default 22)"},
    {.name = "--sd", .argument = "S", .meaning = "standard deviation of the gaps (default 1)"},
    {.name = "--power", .argument = "P", .meaning = "chance to find it (default 0.8)"},
    {.name = "--confidence", .argument = "LEVEL", .meaning = "(default 0.95)"},
    {.name = "--answer-rate", .argument = "R", .meaning = "share of those asked who answer both times (default 0.5)"},
    {.name = NULL},
};

static enum status request_read(struct ctx *ctx, const struct command_line *line, struct sizing_request *out)
{
    *out = (struct sizing_request){.gap = 0, .sd = 1, .power = 0.8, .confidence = 0.95, .items = 22, .answer_rate = 0.5};
    enum status status = command_option_number(ctx, line, "--gap", 0.001, 100, &out->gap);
    if (!status)
        status = command_option_count_of(ctx, line, "--items", 1, 1000, &out->items);
    if (!status)
        status = command_option_number(ctx, line, "--sd", 0.01, 100, &out->sd);
    if (!status)
        status = command_option_number(ctx, line, "--power", 0.5, 0.999, &out->power);
    if (!status)
        status = command_option_number(ctx, line, "--confidence", 0.5, 0.9999, &out->confidence);
    if (!status)
        status = command_option_number(ctx, line, "--answer-rate", 0.01, 1, &out->answer_rate);
    return status;
}

static enum status line_write(struct ctx *ctx, struct out *out, struct sizing_request request, double gap)
{
    struct sizing sizing;
    request.gap = gap;
    enum status status = sizing_make(ctx, &request, &sizing);
    if (status)
        return status;
    out_format(out, "  %5.2f  %13llu  %17llu  %11llu  %14llu\n", gap, (unsigned long long)sizing.pairs_one,
               (unsigned long long)sizing.pairs_all, (unsigned long long)sizing.invited_all,
               (unsigned long long)sizing.pairs_margin);
    return STATUS_OK;
}

static void head_write(struct out *out, const struct sizing_request *request)
{
    out_format(out,
               "Customers who must answer both times, to find a gap with a chance of %g %% at %g %% confidence,\n"
               "when gaps have a standard deviation of %g points:\n\n",
               request->power * 100, request->confidence * 100, request->sd);
    out_format(out, "    gap  for one item  for all %4llu items  to be asked  for ± that gap\n",
               (unsigned long long)request->items);
}

static void foot_write(struct out *out, const struct sizing_request *request)
{
    out_format(out,
               "\n\"For all items\" shares the error among %llu tests. \"To be asked\" reckons with %g %% answering both\n"
               "times. \"For ± that gap\" gives an interval no wider than that on either side. (F28)\n",
               (unsigned long long)request->items, request->answer_rate * 100);
}

static enum status plan_run(struct ctx *ctx, const struct command_line *line)
{
    static const double usual[] = {0.2, 0.3, 0.5};
    struct sizing_request request;
    struct out *out = NULL;
    enum status status = request_read(ctx, line, &request);
    if (!status)
        status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (status)
        return status;
    head_write(out, &request);
    if (request.gap > 0)
        status = line_write(ctx, out, request, request.gap);
    for (size_t i = 0; request.gap <= 0 && i < sizeof usual / sizeof *usual && !status; i++)
        status = line_write(ctx, out, request, usual[i]);
    if (status)
        return status;
    foot_write(out, &request);
    return out_close(ctx, out);
}

const struct command command_plan = {
    .name = "plan",
    .operands = "[--gap D] [--items N] [OPTIONS]",
    .sentence = "Says how many customers are needed.",
    .description = "The power is that of the two-sided paired t test, by the non-central t distribution. A standard\n"
                   "deviation of 1 is usual on five-point scales, 1.3 on seven-point ones.",
    .example = "gapmeter plan --gap 0.3 --items 12",
    .options = plan_options,
    .order = 55,
    .run = plan_run,
};
