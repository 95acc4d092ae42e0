/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/analysis_query.h"
#include "serve/route.h"

static enum status handle(struct exchange *exchange)
{
    return analysis_reply(exchange, &(const struct analysis_wish){.story = true, .renderer = "json"});
}

const struct route route_study_report_json = {
    .name = "study_report_json",
    .sentence = "The report of a study as it stands now, its sentences and tables.",
    .method = METHOD_GET,
    .path = "/studies/{study}/report.json",
    .who = WHO_KEY,
    .run = RUN_READING,
    .gives_type = "application/json",
    .personal = true,
    .handle = handle,
};
