/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "app/attributes.h"
#include "app/collecting.h"
#include "app/operation_value.h"
#include "base/decimal.h"
#include "base/limits.h"

/* Fields as they come out of an object of answers. */
struct field_list {
    struct form_field *at;
    size_t count;
};

/* A number as a form would send it: 5, 2.5. */
static const char *number_text(struct ctx *ctx, const json_t *value)
{
    char text[40];
    if (json_is_integer(value))
        (void)snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else
        number_format_shortest(json_real_value(value), text, sizeof text);
    return arena_copy(ctx->arena, span_of(text));
}

static enum status field_add(struct ctx *ctx, struct field_list *list, const char *name, const json_t *value)
{
    const char *text = json_is_null(value) ? "" : json_is_number(value) ? number_text(ctx, value) : json_string_value(value);
    char shown[80];
    text_printable(span_of(name), shown, sizeof shown);
    if (name[0] == '_')
        return member_fail(ctx, "answers", "\"%s\" is no field of a form.", shown);
    if (!text)
        return member_fail(ctx, "answers", "\"%s\" has an answer that is neither text nor a number, a list of texts or null.",
                           shown);
    if (list->count == FORM_FIELDS_MAX)
        return member_fail(ctx, "answers", "There are too many answers: %u are accepted.", FORM_FIELDS_MAX);
    list->at[list->count++] = (struct form_field){span_of(arena_copy(ctx->arena, span_of(name))), span_of(text)};
    return STATUS_OK;
}

/* A question with several choices comes as a list, and is sent by a form as so many fields of one name. */
static enum status fields_read(struct ctx *ctx, json_t *answers, struct field_list *list)
{
    const char *name = NULL;
    json_t *value = NULL;
    list->at = arena_array(ctx->arena, FORM_FIELDS_MAX, sizeof *list->at);
    if (!list->at)
        return ctx_no_memory(ctx);
    json_object_foreach (answers, name, value) {
        enum status status = STATUS_OK;
        if (!json_is_array(value))
            status = field_add(ctx, list, name, value);
        for (size_t i = 0; !status && json_is_array(value) && i < json_array_size(value); i++)
            status = field_add(ctx, list, name, json_array_get(value, i));
        if (status)
            return status;
    }
    return STATUS_OK;
}

static enum status request_read(struct ctx *ctx, const struct operation_call *call, struct submission_request *request)
{
    struct submission_way *way = &request->way;
    struct field_list list = {NULL, 0};
    int64_t seconds = 0;
    way->study = span_of(call->study.name);
    way->kind = json_is_true(json_object_get(call->in, "paper")) ? DOOR_PAPER : DOOR_API;
    enum status status = in_wave(ctx, call->in, "wave", &way->wave);
    if (!status)
        status = in_id(ctx, call->in, "encounter", &way->encounter);
    if (!status)
        status = in_attributes(ctx, call->in, &way->attributes);
    if (!status)
        status = call_attributes_check(ctx, call, way->attributes);
    if (!status)
        status = in_time(ctx, call->in, "answered", &way->answered_ms);
    if (!status)
        status = in_whole(ctx, call->in, "seconds", 0, 86400, &seconds);
    if (!status && way->answered_ms > desk_now_ms())
        status = member_fail(ctx, "answered", "A form cannot have been answered later than now.");
    if (!status && way->attributes && !uuid_is_none(&way->encounter))
        status = member_fail(ctx, "attributes",
                             "The encounter has its attributes already; they are given with an answer without one.");
    if (!status)
        status = fields_read(ctx, json_object_get(call->in, "answers"), &list);
    request->language = in_text(call->in, "language", "");
    request->once = span_of(in_text(call->in, "idempotency_key", ""));
    request->fields = list.at;
    request->field_count = list.count;
    request->confirmed = true;
    request->consented = json_is_true(json_object_get(call->in, "consent"));
    request->seconds = (uint32_t)seconds;
    if (!status && (request->once.length == 0 || request->once.length > NAME_BYTES_MAX))
        status = member_fail(ctx, "idempotency_key", "An Idempotency-Key has 1 to %u bytes; make a new one for each answer.",
                             NAME_BYTES_MAX);
    return status;
}

static const char *ticket_sentence(enum ticket_state state)
{
    switch (state) {
    case TICKET_UNKNOWN:
        return "There is no such encounter in this study.";
    case TICKET_EARLY:
        return "The form is not open yet: the encounter has not ended.";
    case TICKET_USED:
        return "This form was answered already: it is answered once.";
    case TICKET_EXPIRED:
        return "The time to answer this form is over.";
    case TICKET_WITHDRAWN:
        return "The invitation was withdrawn.";
    case TICKET_CLOSED:
        return "The study is closed: it takes no more answers.";
    case TICKET_DIFFERENT:
        return "The perception form does not have the scale or the language of the expectation form, so they are not compared.";
    case TICKET_OPEN:
        break;
    }
    return "The answer was refused.";
}

/* The problems as a list, for the reply; the sentence names the first. */
static enum status fail_problems(struct ctx *ctx, const struct submission_result *result, json_t **out)
{
    const struct form *form = result->ticket.form;
    json_t *list = json_array();
    for (size_t i = 0; i < result->problem_count; i++) {
        const struct form_problem *problem = &result->problems[i];
        bool whole = !form || problem->question >= form->question_count;
        json_t *field = whole ? json_null() : json_string(form->questions[problem->question].field);
        (void)json_array_append_new(list, json_pack("{s:o,s:s}", "field", field, "sentence", problem->sentence));
    }
    *out = json_pack("{s:o}", "problems", list);
    if (result->problem_count == 0 || !form || result->problems[0].question >= form->question_count)
        return member_fail(ctx, "answers", "%s",
                           result->problem_count ? result->problems[0].sentence : "The answers were refused.");
    return member_fail(ctx, "answers", "%s: %s", form->questions[result->problems[0].question].field,
                       result->problems[0].sentence);
}

static enum status result_give(struct ctx *ctx, const struct submission_request *request, const struct submission_result *result,
                               json_t **out)
{
    if (result->outcome == SUBMISSION_PROBLEMS || result->outcome == SUBMISSION_INVERTED)
        return fail_problems(ctx, result, out);
    if (result->outcome == SUBMISSION_REFUSED) {
        bool unknown = result->ticket.state == TICKET_UNKNOWN;
        if (!unknown)
            *out = json_pack("{s:b}", "conflict", 1);
        return ctx_fail(ctx, unknown ? STATUS_NO_INPUT : STATUS_INVALID, NULL, "%s", ticket_sentence(result->ticket.state));
    }
    return value_give(ctx,
                      json_pack("{s:s?,s:o,s:s,s:s}", "receipt", result->receipt, "encounter", value_id(&result->encounter),
                                "wave", wave_name(request->way.wave), "phase", phase_name(result->phase)),
                      out);
}

static enum status response_add_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct submission_request request = {.seconds = 0};
    struct submission_result result = {.problem_count = 0};
    enum status status = request_read(ctx, call, &request);
    if (!status)
        status = submission_record(ctx, call->desk, call->session, &request, &result);
    return status ? status : result_give(ctx, &request, &result, out);
}

const struct operation operation_response_add = {
    .name = "response_add",
    .sentence = "Stores one answered form. The same Idempotency-Key with the same body gives the same receipt and stores nothing "
                "again.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            {"idempotency_key", FIELD_TEXT, true, "The header Idempotency-Key.", "\"7f3c2a90-1d1e-4c9e-8d6e-51a1f0a2b3c4\""},
            {"wave", FIELD_TEXT, true, "expectation, during or perception.", "\"perception\""},
            {"encounter", FIELD_TEXT, false, "Of an invitation; a new encounter is made when it is left out.",
             "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {"answers", FIELD_OBJECT, true,
             "By field: a point of the scale, \"na\" for does not apply, null or \"\" for skipped, a list where several may be "
             "chosen.",
             "{\"perception.q1\": 6, \"outcome.satisfaction\": 8, \"comment.why\": \"Quick and kind.\"}"},
            {"attributes", FIELD_OBJECT, false, "Segment values of a new encounter.", "{\"branch\": \"Oslo\"}"},
            {"language", FIELD_TEXT, false, "In which language it was asked; the study's, when it is left out.", "\"en\""},
            {"answered", FIELD_TEXT, false, "When it was answered; now, when it is left out.", "\"2026-12-01T10:30:00Z\""},
            {"seconds", FIELD_WHOLE, false, "How long answering took.", "95"},
            {"consent", FIELD_TRUTH, false,
             "true: the respondent has ticked that they agree; needed where the study asks for it.", "true"},
            {"paper", FIELD_TRUTH, false, "true: it was answered on paper, and entered by staff.", "false"},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"receipt", FIELD_TEXT, false, "For the respondent.", "\"K7Q2-M9XA\""},
            {"encounter", FIELD_TEXT, false, "The encounter; null where the study is anonymous.",
             "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {"wave", FIELD_TEXT, true, "The wave.", "\"perception\""},
            {"phase", FIELD_TEXT, true, "before, late, recalled, during or after.", "\"after\""},
            {.name = NULL},
        },
    .run = response_add_run,
};
