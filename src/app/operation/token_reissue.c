/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "app/ticket_inside.h"
#include "base/secret.h"
#include "store/token_rows.h"

/* The newest unused token of the wave: what the new one is made after. */
static enum status token_to_replace(struct ctx *ctx, const struct operation_call *call, const struct encounter *encounter,
                                    enum wave wave, struct token *out)
{
    struct token *tokens = NULL;
    size_t count = 0, best = SIZE_MAX;
    enum status status = token_list(ctx, call->session, &call->study.id, &encounter->id, &tokens, &count);
    for (size_t i = 0; !status && i < count; i++) {
        if (tokens[i].wave == wave && tokens[i].used_ms == 0 &&
            (best == SIZE_MAX || tokens[i].created_ms > tokens[best].created_ms))
            best = i;
        if (tokens[i].wave == wave && tokens[i].used_ms != 0)
            return ctx_fail(ctx, STATUS_INVALID, NULL, "The link was used: a form is answered once.");
    }
    if (!status && best == SIZE_MAX)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "This encounter has no link to the %s form that could be replaced.",
                        wave_name(wave));
    if (!status)
        *out = tokens[best];
    return status;
}

/* A life as long as the old one had, from now on or from its opening on. */
static void token_renew(struct token *token, int64_t now)
{
    int64_t from = token->opens_ms > token->created_ms && token->opens_ms != INT64_MAX ? token->opens_ms : token->created_ms;
    int64_t life = token->expires_ms > from ? token->expires_ms - from : 0;
    int64_t begins = token->opens_ms > now && token->opens_ms != INT64_MAX ? token->opens_ms : now;
    if (token->expires_ms != INT64_MAX && token->opens_ms != INT64_MAX)
        token->expires_ms = begins + life;
    token->created_ms = now;
    token->withdrawn_ms = 0;
}

static enum status token_reissue_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct encounter encounter;
    struct token token;
    enum wave wave = WAVE_PERCEPTION;
    char secret[SECRET_TEXT_BYTES];
    uint64_t withdrawn = 0;
    int64_t now = study_moment(&call->study, desk_now_ms());
    enum status status = in_encounter(ctx, call, &encounter);
    if (!status)
        status = in_wave(ctx, call->in, "wave", &wave);
    if (!status)
        status = token_to_replace(ctx, call, &encounter, wave, &token);
    if (!status)
        status = token_withdraw(ctx, call->session, &(struct token_choice){call->study.id, encounter.id, wave}, now, &withdrawn);
    if (status)
        return status;
    secret_make(secret);
    digest_of(span_of(secret), &token.hash);
    token_renew(&token, now);
    status = token_add(ctx, call->session, &token);
    if (!status)
        status = event_note(ctx, call, "reissued", &encounter.id, 1);
    if (status)
        return status;
    return value_give(ctx,
                      json_pack("{s:s,s:o,s:o,s:o}", "wave", wave_name(wave), "link", value_link(ctx, call->desk, "/s/", secret),
                                "opens", value_time(token.opens_ms), "expires", value_time(token.expires_ms)),
                      out);
}

const struct operation operation_token_reissue = {
    .name = "token_reissue",
    .sentence = "Makes a new link to a form that was not answered yet; the old one stops working. The link is shown this once.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            {"encounter", FIELD_TEXT, true, "The encounter's id.", "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {"wave", FIELD_TEXT, true, "expectation, during or perception.", "\"perception\""},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"wave", FIELD_TEXT, true, "The wave.", "\"perception\""},
            {"link", FIELD_TEXT, true, "The address of the form.", "\"https://ask.example.org/s/k7q2m9xa…\""},
            {"opens", FIELD_TEXT, false, "When it can be answered; null: not before someone opens it.", "null"},
            {"expires", FIELD_TEXT, false, "Until when.", "\"2026-12-15T10:00:00.000Z\""},
            {.name = NULL},
        },
    .run = token_reissue_run,
};
