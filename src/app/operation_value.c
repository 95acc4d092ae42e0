/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/json_out.h"
#include "app/ticket_inside.h"
#include "base/limits.h"
#include "base/out.h"
#include "model/calendar.h"
#include "store/encounter_rows.h"
#include "store/event_rows.h"
#include "store/study_rows.h"

json_t *value_time(int64_t ms)
{
    if (ms == 0 || ms == INT64_MAX)
        return json_null();
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    char day[40], text[64];
    if (!gmtime_r(&seconds, &tm) || strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &tm) == 0)
        return json_null();
    (void)snprintf(text, sizeof text, "%s.%03dZ", day, (int)(ms % 1000));
    return json_string(text);
}

json_t *value_id(const struct uuid *id)
{
    char text[UUID_TEXT_BYTES];
    if (uuid_is_none(id))
        return json_null();
    uuid_format(id, text);
    return json_string(text);
}

json_t *value_study(const struct live_study *study)
{
    return json_pack("{s:s,s:s,s:s,s:s,s:I,s:o}", "name", study->name, "title", study->title, "state",
                     study->state == LIVE_OPEN ? "open" : "closed", "identity", identity_name(study->identity), "version",
                     (json_int_t)study->version, "created", value_time(study->created_ms));
}

const struct operation_field study_fields[] = {
    {"name", FIELD_TEXT, true, "The study's name.", "\"counter\""},
    {"title", FIELD_TEXT, true, "Its title.", "\"Pharmacy counter\""},
    {"state", FIELD_TEXT, true, "open or closed.", "\"open\""},
    {"identity", FIELD_TEXT, true, "named, code or anonymous.", "\"named\""},
    {"version", FIELD_WHOLE, true, "The newest version of the questions.", "1"},
    {"created", FIELD_TEXT, true, "When it was created.", "\"2026-11-26T22:02:09.123Z\""},
    {.name = NULL},
};

enum status study_turn(struct ctx *ctx, const struct operation_call *call, enum live_state state, const char *kind, json_t **out)
{
    struct live_study study = call->study;
    study.state = state;
    enum status status = STATUS_OK;
    if (call->study.state != state)
        status = study_set_state(ctx, call->session, &study.id, state);
    if (!status && call->study.state != state)
        status = event_note(ctx, call, kind, NULL, 1);
    return status ? status : value_give(ctx, value_study(&study), out);
}

json_t *value_of_text(const char *text)
{
    json_error_t error;
    json_t *value = text && text[0] ? json_loads(text, JSON_REJECT_DUPLICATES, &error) : NULL;
    return value ? value : json_null();
}

enum status value_give(struct ctx *ctx, json_t *value, json_t **out)
{
    *out = value;
    return value ? STATUS_OK : ctx_no_memory(ctx);
}

enum status member_fail(struct ctx *ctx, const char *name, const char *format, ...)
{
    char shown[80], sentence[600];
    struct place place = {.row = 0};
    va_list list;
    va_start(list, format);
    (void)vsnprintf(sentence, sizeof sentence, format, list);
    va_end(list);
    text_printable(span_of(name), shown, sizeof shown);
    (void)snprintf(place.path, sizeof place.path, "$.%s", shown);
    return ctx_fail(ctx, STATUS_INVALID, &place, "%s", sentence);
}

const char *in_text(const json_t *in, const char *name, const char *otherwise)
{
    const char *text = json_string_value(json_object_get(in, name));
    return text ? text : otherwise;
}

enum status in_whole(struct ctx *ctx, const json_t *in, const char *name, int64_t least, int64_t most, int64_t *out)
{
    const json_t *value = json_object_get(in, name);
    if (!value)
        return STATUS_OK;
    json_int_t number = json_integer_value(value);
    if (number < least || number > most)
        return member_fail(ctx, name, "%lld is not accepted here: a whole number from %lld to %lld is.", (long long)number,
                           (long long)least, (long long)most);
    *out = number;
    return STATUS_OK;
}

enum status in_time(struct ctx *ctx, const json_t *in, const char *name, int64_t *out)
{
    const char *text = in_text(in, name, NULL);
    struct date date;
    char shown[48];
    if (!text)
        return STATUS_OK;
    if (!date_parse(span_trim(span_of(text)), DATE_ISO, &date)) {
        text_printable(span_of(text), shown, sizeof shown);
        return member_fail(ctx, name, "\"%s\" is no time: one such as 2026-12-01T10:00:00Z is accepted.", shown);
    }
    *out = date.ms;
    return STATUS_OK;
}

enum status in_id(struct ctx *ctx, const json_t *in, const char *name, struct uuid *out)
{
    const char *text = in_text(in, name, NULL);
    char shown[48];
    *out = (struct uuid){{0}};
    if (!text || uuid_parse(span_of(text), out))
        return STATUS_OK;
    text_printable(span_of(text), shown, sizeof shown);
    return member_fail(ctx, name, "\"%s\" is no id: 36 characters such as 018f4c1e-7b1a-7c3d-9e2f-0123456789ab are accepted.",
                       shown);
}

enum status in_wave(struct ctx *ctx, const json_t *in, const char *name, enum wave *out)
{
    const char *text = in_text(in, name, NULL);
    char shown[48];
    if (!text || wave_parse(span_of(text), out))
        return STATUS_OK;
    text_printable(span_of(text), shown, sizeof shown);
    return member_fail(ctx, name, "\"%s\" is no wave: expectation, during and perception are accepted.", shown);
}

enum status in_attributes(struct ctx *ctx, const json_t *in, const char **out)
{
    json_t *attributes = json_object_get(in, "attributes");
    const char *key = NULL;
    json_t *value = NULL;
    *out = NULL;
    if (!attributes)
        return STATUS_OK;
    if (json_object_size(attributes) > SEGMENTS_MAX)
        return member_fail(ctx, "attributes", "There are too many attributes: %u are accepted.", SEGMENTS_MAX);
    json_object_foreach (attributes, key, value) {
        if (!json_is_string(value) || json_string_length(value) > TITLE_BYTES_MAX || strlen(key) > NAME_BYTES_MAX)
            return member_fail(ctx, "attributes", "Each attribute is a short text, such as {\"branch\": \"Oslo\"}.");
    }
    *out = value_compact(ctx, attributes);
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

enum status in_encounter(struct ctx *ctx, const struct operation_call *call, struct encounter *out)
{
    struct uuid id;
    bool found = false;
    enum status status = in_id(ctx, call->in, "encounter", &id);
    if (!status)
        status = encounter_get(ctx, call->session, &call->study.id, &id, out, &found);
    if (!status && !found)
        status = ctx_fail(ctx, STATUS_NO_INPUT, NULL, "There is no such encounter in this study.");
    return status;
}

enum status event_note(struct ctx *ctx, const struct operation_call *call, const char *kind, const struct uuid *encounter,
                       int64_t count)
{
    const char *actor = "operator";
    if (call->caller->kind == CALLER_KEY)
        actor = arena_format(ctx->arena, "key:%s", call->caller->key.name);
    if (!actor)
        return ctx_no_memory(ctx);
    struct event event = {.study = call->study.id,
                          .at_ms = study_moment(&call->study, desk_now_ms()),
                          .kind = kind,
                          .actor = actor,
                          .count = count};
    if (encounter && call->study.identity == IDENTITY_NAMED)
        event.encounter = *encounter;
    return event_add(ctx, call->session, &event);
}

json_t *value_link(struct ctx *ctx, const struct desk *desk, const char *path, const char *secret)
{
    if (!secret[0])
        return json_null();
    const char *link = arena_format(ctx->arena, "%s%s%s", desk_base_address(desk), path, secret);
    return link ? json_string(link) : NULL;
}

const char *value_compact(struct ctx *ctx, const json_t *value)
{
    struct out *out = NULL;
    const char *text = NULL;
    if (out_open_memory(ctx, &out) != STATUS_OK)
        return NULL;
    bool dumped = json_write_out(out, value, JSON_COMPACT | JSON_ENCODE_ANY);
    return dumped && out_copy(ctx, out, &text) == STATUS_OK ? text : NULL;
}
