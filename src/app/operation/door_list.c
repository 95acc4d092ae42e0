/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "store/token_rows.h"

static json_t *value_door(const struct door *door)
{
    char id[DIGEST_TEXT_BYTES];
    digest_format(&door->hash, id);
    return json_pack("{s:s,s:s,s:s,s:o,s:o,s:o}", "door_id", id, "kind", door_kind_name(door->kind), "wave",
                     wave_name(door->wave), "attributes", value_of_text(door->attributes), "created",
                     value_time(door->created_ms), "closed", value_time(door->closed_ms));
}

static enum status door_list_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct door *doors = NULL;
    size_t count = 0;
    json_t *list = json_array();
    enum status status = door_list(ctx, call->session, &call->study.id, &doors, &count);
    for (size_t i = 0; !status && i < count; i++) {
        if (json_array_append_new(list, value_door(&doors[i])) != 0)
            status = ctx_no_memory(ctx);
    }
    if (!status)
        return value_give(ctx, json_pack("{s:o}", "doors", list), out);
    json_decref(list);
    return status;
}

const struct operation operation_door_list = {
    .name = "door_list",
    .sentence = "Lists the doors of a study; their links are not kept and cannot be shown again.",
    .reach = REACH_STUDY,
    .takes = (const struct operation_field[]){{.name = NULL}},
    .gives =
        (const struct operation_field[]){
            {"doors", FIELD_LIST, true, "Id, kind, wave, attributes, creation and closing of each.",
             "[{\"door_id\": \"9f86d081884c7d65…\", \"kind\": \"kiosk\", \"wave\": \"perception\", \"attributes\": {\"branch\": "
             "\"Oslo\"}, \"created\": \"2026-11-26T22:02:09.123Z\", \"closed\": null}]"},
            {.name = NULL},
        },
    .run = door_list_run,
};
