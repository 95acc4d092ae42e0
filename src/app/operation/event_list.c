/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "store/event_rows.h"

#define EVENTS_PAGE 1000

static json_t *value_event(const struct event *event)
{
    return json_pack("{s:I,s:o,s:s,s:s,s:I,s:o}", "sequence", (json_int_t)event->sequence, "at", value_time(event->at_ms), "kind",
                     event->kind, "actor", event->actor, "count", (json_int_t)event->count, "encounter",
                     value_id(&event->encounter));
}

static enum status event_list_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct event *events = NULL;
    size_t count = 0;
    int64_t from = 1, most = EVENTS_PAGE;
    enum status status = in_whole(ctx, call->in, "from", 1, INT64_MAX, &from);
    if (!status)
        status = in_whole(ctx, call->in, "limit", 1, EVENTS_PAGE, &most);
    if (!status)
        status = event_list(ctx, call->session, &call->study.id, &(struct event_range){.from = from, .most = (uint32_t)most},
                            &events, &count);
    if (status)
        return status;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(list, value_event(&events[i]));
    json_t *next = count == (size_t)most ? json_integer(events[count - 1].sequence + 1) : json_null();
    if (json_array_size(list) != count)
        status = ctx_no_memory(ctx);
    if (!status)
        return value_give(ctx, json_pack("{s:o,s:o}", "events", list, "next", next), out);
    json_decref(list);
    json_decref(next);
    return status;
}

const struct operation operation_event_list = {
    .name = "event_list",
    .sentence = "Shows the log of what was done with a study: never an answer, a text or an address.",
    .reach = REACH_STUDY,
    .takes =
        (const struct operation_field[]){
            {"from", FIELD_WHOLE, false, "The first sequence number wanted.", "1"},
            {"limit", FIELD_WHOLE, false, "How many at most, 1 to 1000.", "100"},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"events", FIELD_LIST, true, "Sequence, time, kind, actor, count and encounter of each.",
             "[{\"sequence\": 1, \"at\": \"2026-11-26T22:02:09.123Z\", \"kind\": \"study_created\", \"actor\": \"operator\", "
             "\"count\": 1, \"encounter\": null}]"},
            {"next", FIELD_WHOLE, false, "Where to go on; null at the end.", "null"},
            {.name = NULL},
        },
    .run = event_list_run,
};
