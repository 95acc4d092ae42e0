/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/analysis_query.h"
#include "serve/route.h"

static enum status handle(struct exchange *exchange)
{
    return analysis_reply(exchange, &(const struct analysis_wish){.story = true, .renderer = "html"});
}

const struct route route_study_report = {
    .name = "study_report",
    .sentence = "The report of a study as it stands now, as a page.",
    .method = METHOD_GET,
    .path = "/studies/{study}/report.html",
    .who = WHO_KEY,
    .run = RUN_READING,
    .gives_type = "text/html; charset=utf-8",
    .personal = true,
    .handle = handle,
};
