/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/analysis_query.h"
#include "serve/route.h"

static enum status handle(struct exchange *exchange)
{
    return analysis_reply(exchange, &(const struct analysis_wish){.renderer = renderer_find(span_of("json"))});
}

const struct route route_study_tables = {
    .name = "study_tables",
    .sentence = "All tables that a study can support, as it stands now, as `gapmeter analyze --json` writes them.",
    .method = METHOD_GET,
    .path = "/api/v1/studies/{study}/tables",
    .who = WHO_KEY,
    .run = RUN_READING,
    .gives_type = "application/json",
    .query = TABLE_QUERY_WORDS,
    .personal = true,
    .handle = handle,
};
