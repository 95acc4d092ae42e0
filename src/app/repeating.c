/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is sent twice is stored once, and answered alike. */
#include <string.h>

#include "app/recording.h"
#include "base/out.h"
#include "store/submission_rows.h"
#include "store/token_rows.h"

bool submission_of_program(const struct submission_request *request)
{
    return request->way.study.at && (request->way.kind == DOOR_API || request->way.kind == DOOR_PAPER);
}

static void part_add(struct out *out, struct span part)
{
    out_format(out, "%zu:", part.length);
    out_span(out, part);
}

/* A digest of all that was sent, each piece with its length, so that no two bodies look alike. */
static enum status body_digest(struct ctx *ctx, const struct submission_request *request, struct digest *out)
{
    struct out *text = NULL;
    enum status status = out_open_memory(ctx, &text);
    if (status)
        return status;
    part_add(text, span_of(wave_name(request->way.wave < WAVE_COUNT ? request->way.wave : WAVE_PERCEPTION)));
    part_add(text, (struct span){(const char *)request->way.encounter.bytes, sizeof request->way.encounter.bytes});
    part_add(text, span_of(request->way.attributes));
    part_add(text, span_of(request->language));
    if (request->way.answered_ms)
        out_format(text, "answered %lld:", (long long)request->way.answered_ms);
    for (size_t i = 0; i < request->field_count; i++) {
        part_add(text, request->fields[i].name);
        part_add(text, request->fields[i].value);
    }
    status = out_close(ctx, text);
    digest_of(out_bytes(text), out);
    return status;
}

enum status problem_tell(struct ctx *ctx, struct submission_result *result, const char *sentence)
{
    struct form_problem *problem = arena_alloc(ctx->arena, sizeof *problem);
    if (!problem)
        return ctx_no_memory(ctx);
    *problem = (struct form_problem){.question = UINT32_MAX, .sentence = sentence};
    result->problems = problem;
    result->problem_count = 1;
    result->outcome = SUBMISSION_PROBLEMS;
    return STATUS_OK;
}

static bool follow_up_is_given(const struct way_found *way)
{
    bool possible = way->ticket.study.identity != IDENTITY_CODE && way->ticket.door != DOOR_PAPER && way->ticket.door != DOOR_API;
    return way->ticket.wave == WAVE_EXPECTATION && possible;
}

/* The secret of the link for afterwards. Who sends the same form again, by a double click or by reloading the page, brings the same key
 * and is given the same link: it is kept nowhere, and there would be no other. */
static enum status follow_up_spell(struct ctx *ctx, const struct recording *recording, char into[SECRET_TEXT_BYTES])
{
    struct span once = recording->request->once;
    if (once.length == 0) {
        secret_make(into);
        return STATUS_OK;
    }
    const char *text = arena_format(ctx->arena, "follow-up %.*s", (int)once.length, once.at);
    if (!text)
        return ctx_no_memory(ctx);
    secret_derive(recording->result->ticket.study.salt, span_of(text), into);
    return STATUS_OK;
}

/* The link of the first time, while it is there and not used. */
static enum status follow_up_again(struct ctx *ctx, struct recording *recording)
{
    char secret[SECRET_TEXT_BYTES];
    struct digest hash;
    struct token token;
    bool found = false;
    if (!follow_up_is_given(&recording->way))
        return STATUS_OK;
    enum status status = follow_up_spell(ctx, recording, secret);
    if (status)
        return status;
    digest_of(span_of(secret), &hash);
    status = token_get(ctx, recording->session, &hash, &token, &found);
    if (!status && found && !token.used_ms)
        memcpy(recording->result->follow_up, secret, sizeof secret);
    return status;
}

/* Programs and people have keys of their own: nobody at an open door can take those that a program will send. */
static enum status once_digest(struct ctx *ctx, struct recording *recording)
{
    const struct submission_request *request = recording->request;
    struct span once = request->once;
    const char *named = submission_of_program(request) ? "" : arena_format(ctx->arena, "door %.*s", (int)once.length, once.at);
    if (!named)
        return ctx_no_memory(ctx);
    digest_of(*named ? span_of(named) : once, &recording->once);
    return STATUS_OK;
}

enum status repeat_check(struct ctx *ctx, struct recording *recording, bool *done)
{
    const struct submission_request *request = recording->request;
    struct submission_result *result = recording->result;
    struct idempotent_reply reply;
    *done = false;
    if (request->once.length == 0)
        return STATUS_OK;
    enum status status = once_digest(ctx, recording);
    if (!status)
        status = body_digest(ctx, request, &recording->body);
    if (!status)
        status = reply_get(ctx, recording->session, &result->ticket.study.id, &recording->once, &reply, done);
    if (status || !*done)
        return status;
    if (!digest_equal(&reply.request, &recording->body) && submission_of_program(request))
        return problem_tell(ctx, result, "This key came with other answers before; send a new key with new answers.");
    if (!digest_equal(&reply.request, &recording->body)) {
        /* Somebody went back to a page that was sent, and changed it. */
        result->ticket.state = TICKET_USED;
        result->ticket.receipt = reply.body;
        return STATUS_OK;
    }
    static const enum phase usual[WAVE_COUNT] = {PHASE_BEFORE, PHASE_DURING, PHASE_AFTER};
    result->outcome = SUBMISSION_REPEATED;
    result->receipt = reply.body;
    result->encounter = reply.encounter;
    result->phase = reply.phase < PHASE_COUNT ? reply.phase : usual[result->ticket.wave];
    return follow_up_again(ctx, recording);
}

enum status repeat_note(struct ctx *ctx, const struct recording *recording)
{
    const struct live_study *study = &recording->result->ticket.study;
    struct idempotent_reply reply = {.request = recording->body,
                                     .http_status = 201,
                                     .body = recording->result->receipt,
                                     .phase = recording->result->phase,
                                     .created_ms = study_moment(study, desk_now_ms())};
    if (recording->request->once.length == 0)
        return STATUS_OK;
    if (study->identity != IDENTITY_ANONYMOUS)
        reply.encounter = recording->way.encounter.id;
    return reply_add(ctx, recording->session, &study->id, &recording->once, &reply);
}

enum status follow_up_make(struct ctx *ctx, struct recording *recording)
{
    const struct way_found *way = &recording->way;
    const struct live_study *study = &way->ticket.study;
    bool wanted = recording->fresh || study->identity == IDENTITY_ANONYMOUS;
    if (!wanted || !follow_up_is_given(way))
        return STATUS_OK;
    int64_t moment = study_moment(study, recording->now);
    struct token token = {.study = study->id,
                          .encounter = way->encounter.id,
                          .wave = WAVE_PERCEPTION,
                          .created_ms = moment,
                          .opens_ms = moment,
                          .expires_ms = study_expiry(study, recording->now, way->sheet->collection->invitation_days)};
    enum status status = follow_up_spell(ctx, recording, recording->result->follow_up);
    if (status)
        return status;
    digest_of(span_of(recording->result->follow_up), &token.hash);
    return token_add(ctx, recording->session, &token);
}
