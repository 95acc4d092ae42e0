/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of what operations take and give, read and made in one way. Private to app/. */
#ifndef GAPMETER_APP_OPERATION_VALUE_H
#define GAPMETER_APP_OPERATION_VALUE_H

#include "app/operation.h"

/* "2026-11-26T22:02:09.123Z"; null for 0 (not) and INT64_MAX (not before someone says so). Where a study knows days only, the
 * time of day is 00:00. */
json_t *value_time(int64_t ms);

/* The 36 characters of an id; null for none. */
json_t *value_id(const struct uuid *id);

/* What everybody may know of a study. */
json_t *value_study(const struct live_study *study);

/* What value_study gives, for operations that give it. */
extern const struct operation_field study_fields[];

/* The member that holds a study file. */
#define STUDY_DEFINITION_FIELD                                                                                                   \
    {                                                                                                                            \
        "definition", FIELD_OBJECT, true, "The study file.",                                                                     \
            "{\"gapmeter\": 1, \"title\": \"Pharmacy counter\", \"design\": {\"expectation\": \"will\", \"asked\": "             \
            "\"before\"}, "                                                                                                      \
            "\"scale\": {\"min\": 1, \"max\": 7}, \"items\": [{\"id\": \"q1\", \"text\": \"The pharmacy has what I need.\"}], "  \
            "\"columns\": {\"expectation\": \"e{n}\", \"perception\": \"p{n}\"}}"                                                \
    }

/* Opens or closes the study of a call, and gives it; one that is so already stays as it is.
 * takes   kind  of the event: "study_opened", "study_closed" */
enum status study_turn(struct ctx *ctx, const struct operation_call *call, enum live_state state, const char *kind,
                       json_t **out) MUST_USE;

/* A text of the store that holds JSON; null when it holds none. */
json_t *value_of_text(const char *text);

/* Ends an operation: hands an object over.
 * takes   value  what json_pack gave; NULL when there was no memory */
enum status value_give(struct ctx *ctx, json_t *value, json_t **out) MUST_USE;

/* STATUS_INVALID at a member, with a sentence. */
enum status member_fail(struct ctx *ctx, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4))) MUST_USE;

/* A member that is text, or the other text when it is not there. */
const char *in_text(const json_t *in, const char *name, const char *otherwise);

/* A member that is a whole number; *out stays when it is not there. */
enum status in_whole(struct ctx *ctx, const json_t *in, const char *name, int64_t least, int64_t most, int64_t *out) MUST_USE;

/* A member that is a time: "2026-12-01T10:00:00Z", with an offset, without one (UTC), or a date alone; *out stays when it is not
 * there. */
enum status in_time(struct ctx *ctx, const json_t *in, const char *name, int64_t *out) MUST_USE;

/* A member that is an id; none when it is not there. */
enum status in_id(struct ctx *ctx, const json_t *in, const char *name, struct uuid *out) MUST_USE;

/* A member that is "expectation", "during" or "perception"; *out stays when it is not there. */
enum status in_wave(struct ctx *ctx, const json_t *in, const char *name, enum wave *out) MUST_USE;

/* The member "attributes", an object of texts, as compact JSON; NULL when it is not there. */
enum status in_attributes(struct ctx *ctx, const json_t *in, const char **out) MUST_USE;

/* The encounter of the call's study that the member "encounter" names.
 * fails   STATUS_NO_INPUT  no such encounter in this study */
enum status in_encounter(struct ctx *ctx, const struct operation_call *call, struct encounter *out) MUST_USE;

/* Adds a line to the event log: who asks for the operation, and when.
 * takes   encounter  NULL = none; left out where nobody may be known */
enum status event_note(struct ctx *ctx, const struct operation_call *call, const char *kind, const struct uuid *encounter,
                       int64_t count) MUST_USE;

/* "https://ask.example.org/s/…": the address of people's door, or the path alone where the address is not known. */
json_t *value_link(struct ctx *ctx, const struct desk *desk, const char *path, const char *secret);

/* A compact text of a value, in ctx->arena; NULL without memory. */
const char *value_compact(struct ctx *ctx, const json_t *value);

#endif
