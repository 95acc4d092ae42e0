/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/operation_value.h"
#include "store/token_rows.h"

#define DOOR_BEGINNING_LEAST 8u

/* The door whose id begins with a text of at least 8 digits: lists show ids, and nobody types 64 digits.
 * gives   *out  NULL when none does, or more than one */
static const struct door *door_of_id(const struct door *doors, size_t count, const char *text, const struct door **out)
{
    char id[DIGEST_TEXT_BYTES];
    size_t length = strlen(text), fits = 0;
    *out = NULL;
    for (size_t i = 0; i < count && length >= DOOR_BEGINNING_LEAST; i++) {
        digest_format(&doors[i].hash, id);
        if (strncmp(id, text, length) == 0) {
            *out = &doors[i];
            fits++;
        }
    }
    if (fits != 1)
        *out = NULL;
    return *out;
}

static enum status door_close_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct door *doors = NULL;
    size_t count = 0;
    const struct door *door = NULL;
    bool found = false;
    enum status status = door_list(ctx, call->session, &call->study.id, &doors, &count);
    if (!status && !door_of_id(doors, count, in_text(call->in, "door_id", ""), &door))
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL,
                        "There is no such door in this study; give its id, or at least its first %u digits.",
                        DOOR_BEGINNING_LEAST);
    if (!status && door->closed_ms == 0) {
        status = door_close(ctx, call->session, &call->study.id, &door->hash, desk_now_ms(), &found);
        if (!status)
            status = event_note(ctx, call, "door_closed", NULL, 1);
    }
    return status ? status : value_give(ctx, json_pack("{s:b}", "closed", 1), out);
}

const struct operation operation_door_close = {
    .name = "door_close",
    .sentence = "Closes a door: its link takes no more answers.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            {"door_id", FIELD_TEXT, true, "The door's id, or its first 8 digits.", "\"9f86d081\""},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"closed", FIELD_TRUTH, true, "true.", "true"},
            {.name = NULL},
        },
    .run = door_close_run,
};
