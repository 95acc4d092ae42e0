/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "app/ticket_inside.h"
#include "store/encounter_rows.h"

/* Once begun stays begun: a second call changes nothing, since expectations are told late by the first. */
static enum status encounter_begin_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct encounter encounter;
    int64_t now = desk_now_ms(), at = now;
    enum status status = in_encounter(ctx, call, &encounter);
    if (!status)
        status = in_time(ctx, call->in, "at", &at);
    if (!status && at > now)
        status = member_fail(ctx, "at", "An encounter cannot have begun later than now.");
    if (!status && encounter.began_ms == 0) {
        encounter.began_ms = study_moment(&call->study, at);
        status = encounter_update(ctx, call->session, &encounter);
        if (!status)
            status = event_note(ctx, call, "encounter_began", &encounter.id, 1);
    }
    if (status)
        return status;
    return value_give(ctx,
                      json_pack("{s:o,s:o,s:o}", "encounter", value_id(&encounter.id), "began", value_time(encounter.began_ms),
                                "ended", value_time(encounter.ended_ms)),
                      out);
}

const struct operation operation_encounter_begin = {
    .name = "encounter_begin",
    .sentence = "Says that an encounter has begun: expectations answered from then on are stored as late.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            {"encounter", FIELD_TEXT, true, "The encounter's id.", "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {"at", FIELD_TEXT, false, "When it began; now, when it is left out.", "\"2026-12-01T10:00:00Z\""},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"encounter", FIELD_TEXT, true, "The encounter's id.", "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {"began", FIELD_TEXT, true, "When it began.", "\"2026-12-01T10:00:00.000Z\""},
            {"ended", FIELD_TEXT, false, "When it ended; null when it has not.", "null"},
            {.name = NULL},
        },
    .run = encounter_begin_run,
};
