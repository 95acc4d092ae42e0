/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/collecting.h"
#include "app/json_out.h"
#include "app/operation_value.h"
#include "base/limits.h"

static const char *const person_members[] = {"name", "email", "phone", "reference", "attributes", "planned"};

static enum status contact_text(struct ctx *ctx, const json_t *person, const char *name, const char **out)
{
    const json_t *value = json_object_get(person, name);
    size_t length = json_string_length(value);
    *out = NULL;
    if (value && (!json_is_string(value) || length > TITLE_BYTES_MAX))
        return member_fail(ctx, name, "A text of at most %u bytes belongs here.", TITLE_BYTES_MAX);
    /* An empty cell of a spreadsheet is no contact. */
    *out = length ? json_string_value(value) : NULL;
    return STATUS_OK;
}

/* Reads one person: an element of the member "respondents", or the request itself. */
static enum status person_read(struct ctx *ctx, const json_t *person, struct invitation_request *out)
{
    struct contact *contact = &out->contact;
    *out = (struct invitation_request){.planned_ms = 0};
    enum status status = contact_text(ctx, person, "name", &contact->name);
    if (!status)
        status = contact_text(ctx, person, "email", &contact->email);
    if (!status)
        status = contact_text(ctx, person, "phone", &contact->phone);
    if (!status)
        status = contact_text(ctx, person, "reference", &contact->reference);
    if (!status)
        status = in_time(ctx, person, "planned", &out->planned_ms);
    if (!status && json_object_get(person, "attributes") && !json_is_object(json_object_get(person, "attributes")))
        status = member_fail(ctx, "attributes", "An object belongs here, such as {\"branch\": \"Oslo\"}.");
    return status ? status : in_attributes(ctx, person, &out->attributes);
}

static enum status person_check(struct ctx *ctx, const json_t *person, size_t number)
{
    const char *key = NULL;
    json_t *value = NULL;
    if (!json_is_object(person))
        return member_fail(ctx, "respondents", "Element %zu is no object such as {\"email\": \"…\"}.", number);
    json_object_foreach (json_looked_at(person), key, value) {
        bool known = false;
        for (size_t i = 0; i < sizeof person_members / sizeof *person_members; i++)
            known = known || span_is(span_of(key), person_members[i]);
        char shown[80];
        text_printable(span_of(key), shown, sizeof shown);
        if (!known)
            return member_fail(ctx, "respondents",
                               "\"%s\" of element %zu is not a member that is known here; there are: name, email, phone, "
                               "reference, attributes, planned.",
                               shown, number);
    }
    return STATUS_OK;
}

static json_t *invitation_value(struct ctx *ctx, const struct desk *desk, const struct invitation *invitation)
{
    return json_pack("{s:o,s:o,s:s,s:o,s:o,s:o}", "respondent", value_id(&invitation->respondent), "encounter",
                     value_id(&invitation->encounter), "arm", invitation->arm == ARM_BOTH ? "both" : "perception only",
                     "expectation", value_link(ctx, desk, "/s/", invitation->expectation), "during",
                     value_link(ctx, desk, "/s/", invitation->during), "perception",
                     value_link(ctx, desk, "/s/", invitation->perception));
}

static enum status person_invite(struct ctx *ctx, const struct operation_call *call, const json_t *person, json_t *list)
{
    struct invitation_request request;
    struct invitation invitation;
    enum status status = person_read(ctx, person, &request);
    if (!status)
        status = invitation_make(ctx, call->desk, call->session, &call->study, &request, &invitation);
    if (!status && json_array_append_new(list, invitation_value(ctx, call->desk, &invitation)) != 0)
        status = ctx_no_memory(ctx);
    return status;
}

static enum status list_invite(struct ctx *ctx, const struct operation_call *call, const json_t *persons, json_t *list)
{
    enum status status = STATUS_OK;
    if (json_array_size(persons) == 0 || json_array_size(persons) > INVITATIONS_MAX)
        return member_fail(ctx, "respondents", "1 to %u respondents are invited at a time.", INVITATIONS_MAX);
    for (size_t i = 0; !status && i < json_array_size(persons); i++) {
        const json_t *person = json_array_get(persons, i);
        status = person_check(ctx, person, i + 1);
        if (!status)
            status = person_invite(ctx, call, person, list);
    }
    return status;
}

static bool names_a_person(const json_t *in)
{
    return json_object_get(in, "name") || json_object_get(in, "email") || json_object_get(in, "phone") ||
           json_object_get(in, "reference");
}

static enum status all_invite(struct ctx *ctx, const struct operation_call *call, json_t *list)
{
    const json_t *persons = json_object_get(call->in, "respondents");
    int64_t count = 1;
    enum status status = in_whole(ctx, call->in, "count", 1, INVITATIONS_MAX, &count);
    bool alone = json_object_get(call->in, "attributes") || json_object_get(call->in, "planned");
    if (!status && persons && (json_object_get(call->in, "count") || names_a_person(call->in) || alone))
        return member_fail(ctx, "respondents", "Give either a list of respondents, or one, or a count of unknown ones.");
    if (!status && persons)
        return list_invite(ctx, call, persons, list);
    if (!status && count > 1 && names_a_person(call->in))
        return member_fail(ctx, "count", "One person is invited once: leave the contact or the count out.");
    for (int64_t i = 0; !status && i < count; i++)
        status = person_invite(ctx, call, call->in, list);
    return status;
}

static enum status respondent_invite_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    json_t *list = json_array();
    enum status status = list ? STATUS_OK : ctx_no_memory(ctx);
    if (!status && call->study.state == LIVE_CLOSED)
        status = ctx_fail(ctx, STATUS_INVALID, NULL, "The study is closed: nobody can answer. Open it first.");
    if (!status)
        status = all_invite(ctx, call, list);
    if (!status)
        status = event_note(ctx, call, "invited", NULL, (int64_t)json_array_size(list));
    if (!status)
        return value_give(ctx, json_pack("{s:o}", "invitations", list), out);
    json_decref(list);
    return status;
}

const struct operation operation_respondent_invite = {
    .name = "respondent_invite",
    .sentence = "Invites respondents: each gets an encounter with single-use links, expectation now and perception after it. "
                "The links are shown this once; only their hashes are kept.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            {"name", FIELD_TEXT, false, "Of one respondent, where the study is named; kept apart from the answers.",
             "\"Ada Berg\""},
            {"email", FIELD_TEXT, false, "The same.", "\"ada@example.org\""},
            {"phone", FIELD_TEXT, false, "The same.", "\"+47 22 00 00 00\""},
            {"reference", FIELD_TEXT, false, "The customer's number in another system.", "\"C-1042\""},
            {"attributes", FIELD_OBJECT, false, "Segment values of the encounter.", "{\"branch\": \"Oslo\"}"},
            {"planned", FIELD_TEXT, false, "When the encounter is to begin.", "\"2026-12-01T10:00:00Z\""},
            {"count", FIELD_WHOLE, false, "So many respondents of whom nothing is known.", "1"},
            {"respondents", FIELD_LIST, false, "Instead: a list of objects with the members above.",
             "[{\"email\": \"ada@example.org\", \"attributes\": {\"branch\": \"Oslo\"}}]"},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"invitations", FIELD_LIST, true,
             "For each: respondent, encounter, arm, and the links expectation, during and perception, null where there is none. "
             "In an anonymous study there is no respondent and one link, and the encounter's id is good until the first answer.",
             "[{\"respondent\": \"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\", \"encounter\": "
             "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ac\", \"arm\": \"both\", \"expectation\": "
             "\"https://ask.example.org/s/k7q2m9xa…\", \"during\": null, \"perception\": \"https://ask.example.org/s/b3r8…\"}]"},
            {.name = NULL},
        },
    .run = respondent_invite_run,
};
