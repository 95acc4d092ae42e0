/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One respondent is invited: an encounter with its single-use links. */
#include "app/attributes.h"
#include "app/ticket_inside.h"
#include "instrument/form_making.h"
#include "store/encounter_rows.h"
#include "store/token_rows.h"

/* An invitation while it is made. */
struct inviting {
    const struct live_study *study;
    const struct version_sheet *sheet;
    const struct invitation_request *request;
    struct invitation *made;
    bool expectation_asked; /* the study has an expectation form */
    int64_t now;
};

static bool contact_is_empty(const struct contact *contact)
{
    return !contact->name && !contact->email && !contact->phone && !contact->reference;
}

static enum status request_check(struct ctx *ctx, const struct inviting *inviting)
{
    const struct collection *collection = inviting->sheet->collection;
    if (inviting->study->identity != IDENTITY_NAMED && !contact_is_empty(&inviting->request->contact))
        return ctx_fail(ctx, STATUS_INVALID, NULL,
                        "The study is %s: it keeps no contacts. Invite a count of people, and hand the links out yourself.",
                        identity_name(inviting->study->identity));
    if (collection->openings == OPENS_BY_TIME && !inviting->request->planned_ms)
        return ctx_fail(
            ctx, STATUS_INVALID, NULL,
            "The perception form opens by time alone: say when the encounter is planned, or let the study open it by program or "
            "customer.");
    return attributes_check(ctx, inviting->sheet->study, inviting->request->attributes);
}

/* Is a share of invitations asked afterwards only? Chance decides, so that both groups are alike. */
static enum arm arm_draw(const struct collection *collection)
{
    return secret_below(1000) < collection->perception_only_permille ? ARM_PERCEPTION_ONLY : ARM_BOTH;
}

/* When the perception form opens by itself; INT64_MAX: somebody opens it. */
static int64_t perception_opens(const struct inviting *inviting)
{
    const struct collection *collection = inviting->sheet->collection;
    if ((collection->openings & OPENS_BY_TIME) == 0 || !inviting->request->planned_ms)
        return INT64_MAX;
    return inviting->request->planned_ms + collection->perception_after_minutes * INT64_C(60000);
}

/* Does the version ask this wave at all? */
static enum status wave_is_asked(struct ctx *ctx, struct desk *desk, const struct inviting *inviting, enum wave wave, bool *out)
{
    const struct form *form = NULL;
    enum status status = version_sheet_form(ctx, desk, inviting->sheet, wave, inviting->sheet->collection->language, &form);
    *out = !status && form->question_count > 0;
    return status;
}

static enum status token_make(struct ctx *ctx, struct store_session *session, const struct inviting *inviting, enum wave wave,
                              char *into)
{
    uint32_t days = inviting->sheet->collection->invitation_days;
    int64_t opens = wave == WAVE_PERCEPTION ? perception_opens(inviting) : inviting->now;
    int64_t from = wave != WAVE_PERCEPTION && inviting->request->planned_ms > opens ? inviting->request->planned_ms : opens;
    struct token token = {.study = inviting->study->id,
                          .encounter = inviting->made->encounter,
                          .wave = wave,
                          .created_ms = study_moment(inviting->study, inviting->now),
                          .opens_ms = opens == INT64_MAX ? INT64_MAX : study_moment(inviting->study, opens),
                          .expires_ms = opens == INT64_MAX ? INT64_MAX : study_expiry(inviting->study, from, days)};
    secret_make(into);
    digest_of(span_of(into), &token.hash);
    return token_add(ctx, session, &token);
}

/* In an anonymous study the links of one person would tie the answers together: whoever is asked beforehand gets the other link
 * when the first form is answered (follow_up), and nobody else has it. */
static bool wave_is_invited(const struct inviting *inviting, enum wave wave)
{
    bool both = inviting->made->arm == ARM_BOTH;
    if (inviting->study->identity == IDENTITY_ANONYMOUS)
        return wave == (both && inviting->expectation_asked ? WAVE_EXPECTATION : WAVE_PERCEPTION);
    return wave != WAVE_EXPECTATION || both;
}

static enum status tokens_make(struct ctx *ctx, struct desk *desk, struct store_session *session, struct inviting *inviting)
{
    struct invitation *made = inviting->made;
    char *const into[WAVE_COUNT] = {made->expectation, made->during, made->perception};
    enum status status = wave_is_asked(ctx, desk, inviting, WAVE_EXPECTATION, &inviting->expectation_asked);
    for (unsigned wave = 0; wave < WAVE_COUNT && !status; wave++) {
        bool asked = false;
        status = wave_is_asked(ctx, desk, inviting, (enum wave)wave, &asked);
        if (!status && asked && wave_is_invited(inviting, (enum wave)wave))
            status = token_make(ctx, session, inviting, (enum wave)wave, into[wave]);
    }
    return status;
}

static enum status encounter_make(struct ctx *ctx, struct store_session *session, const struct inviting *inviting)
{
    const struct live_study *study = inviting->study;
    struct encounter encounter = {.study = study->id,
                                  .id = inviting->made->encounter,
                                  .respondent = inviting->made->respondent,
                                  .arm = inviting->made->arm,
                                  .invited = true,
                                  .version = study->version,
                                  .language = "",
                                  .attributes = inviting->request->attributes ? inviting->request->attributes : "{}",
                                  .created_ms = study_moment(study, inviting->now),
                                  .planned_ms = study_moment(study, inviting->request->planned_ms),
                                  .seed = ticket_seed_make()};
    return encounter_add(ctx, session, &encounter);
}

enum status invitation_make(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct live_study *study,
                            const struct invitation_request *request, struct invitation *out)
{
    struct inviting inviting = {.study = study, .request = request, .made = out, .now = desk_now_ms()};
    *out = (struct invitation){.arm = ARM_BOTH};
    enum status status = version_sheet_get(ctx, desk, session, &study->id, study->version, &inviting.sheet);
    if (!status)
        status = request_check(ctx, &inviting);
    if (status)
        return status;
    out->arm = arm_draw(inviting.sheet->collection);
    study_id_make(study, &out->encounter);
    if (study->identity == IDENTITY_NAMED) {
        study_id_make(study, &out->respondent);
        status = respondent_add(ctx, session, &study->id, &out->respondent, inviting.now, &request->contact);
    }
    if (!status)
        status = encounter_make(ctx, session, &inviting);
    return status ? status : tokens_make(ctx, desk, session, &inviting);
}
