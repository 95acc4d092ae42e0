/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/attributes.h"
#include "app/door_path.h"
#include "app/operation_value.h"
#include "base/secret.h"
#include "store/token_rows.h"

static enum status kind_read(struct ctx *ctx, const json_t *in, enum door_kind *out)
{
    const char *text = in_text(in, "kind", "open");
    bool read = door_kind_parse(span_of(text), out);
    if (read && (*out == DOOR_OPEN || *out == DOOR_KIOSK || *out == DOOR_EMBED || *out == DOOR_PAPER))
        return STATUS_OK;
    char shown[40];
    text_printable(span_of(text), shown, sizeof shown);
    return member_fail(ctx, "kind", "\"%s\" is no kind of door: open, kiosk, embed and paper are accepted.", shown);
}

/* The open link bears the study's name, so there can be one. */
static enum status open_link_check(struct ctx *ctx, const struct operation_call *call)
{
    struct door *doors = NULL;
    size_t count = 0;
    enum status status = door_list(ctx, call->session, &call->study.id, &doors, &count);
    for (size_t i = 0; !status && i < count; i++) {
        if (doors[i].kind == DOOR_OPEN && doors[i].closed_ms == 0)
            return member_fail(ctx, "kind", "This study has an open link already: /open/%s. Close that one first.",
                               call->study.name);
    }
    return status;
}

static enum status door_create_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct door door = {.study = call->study.id, .kind = DOOR_OPEN, .wave = WAVE_PERCEPTION, .created_ms = desk_now_ms()};
    char secret[SECRET_TEXT_BYTES], id[DIGEST_TEXT_BYTES];
    enum status status = kind_read(ctx, call->in, &door.kind);
    if (!status)
        status = in_wave(ctx, call->in, "wave", &door.wave);
    if (!status)
        status = in_attributes(ctx, call->in, &door.attributes);
    if (!status)
        status = call_attributes_check(ctx, call, door.attributes);
    if (!status && door.kind == DOOR_OPEN)
        status = open_link_check(ctx, call);
    if (status)
        return status;
    if (!door.attributes)
        door.attributes = "{}";
    const char *last = door.kind == DOOR_OPEN ? call->study.name : secret;
    secret_make(secret);
    digest_of(span_of(secret), &door.hash);
    digest_format(&door.hash, id);
    status = door_add(ctx, call->session, &door);
    if (!status)
        status = event_note(ctx, call, "door_created", NULL, 1);
    if (status)
        return status;
    return value_give(ctx,
                      json_pack("{s:s,s:s,s:s,s:o,s:o}", "door_id", id, "kind", door_kind_name(door.kind), "wave",
                                wave_name(door.wave), "link", value_link(ctx, call->desk, door_path(door.kind), last),
                                "attributes", value_of_text(door.attributes)),
                      out);
}

const struct operation operation_door_create = {
    .name = "door_create",
    .sentence = "Makes a way in that is not bound to a person: an open link, a kiosk, an embedded form, or paper entry. "
                "Its link is shown this once.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            {"kind", FIELD_TEXT, true, "open, kiosk, embed or paper.", "\"kiosk\""},
            {"wave", FIELD_TEXT, false, "expectation, during or perception; perception, when it is left out.", "\"perception\""},
            {"attributes", FIELD_OBJECT, false, "Segment values that each answer gets: where the kiosk stands.",
             "{\"branch\": \"Oslo\"}"},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"door_id", FIELD_TEXT, true, "The door's id; it opens nothing.", "\"9f86d081884c7d65…\""},
            {"kind", FIELD_TEXT, true, "Its kind.", "\"kiosk\""},
            {"wave", FIELD_TEXT, true, "The form that it shows.", "\"perception\""},
            {"link", FIELD_TEXT, true, "Its address.", "\"https://ask.example.org/kiosk/k7q2m9xa…\""},
            {"attributes", FIELD_OBJECT, true, "Segment values.", "{\"branch\": \"Oslo\"}"},
            {.name = NULL},
        },
    .run = door_create_run,
};
