/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/analysis_query.h"
#include "serve/route.h"

static enum status handle(struct exchange *exchange)
{
    return analysis_reply(
        exchange, &(const struct analysis_wish){.measure = exchange->parts[1], .renderer = renderer_find(span_of("json"))});
}

const struct route route_study_table = {
    .name = "study_table",
    .sentence = "One table of a study as it stands now, as `gapmeter analyze --json --table` writes it.",
    .method = METHOD_GET,
    .path = "/api/v1/studies/{study}/tables/{measure}",
    .who = WHO_KEY,
    .run = RUN_READING,
    .gives_type = "application/json",
    .query = TABLE_QUERY_WORDS,
    .personal = true,
    .handle = handle,
};
