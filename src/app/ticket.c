/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind a link, and whether it can be answered. */
#include <string.h>

#include "app/ticket_inside.h"
#include "instrument/form_making.h"
#include "store/encounter_rows.h"
#include "store/event_rows.h"
#include "store/study_rows.h"
#include "store/submission_rows.h"
#include "store/token_rows.h"

int64_t study_moment(const struct live_study *study, int64_t at_ms)
{
    return study->identity == IDENTITY_ANONYMOUS ? at_ms - at_ms % DAY_MS : at_ms;
}

int64_t study_expiry(const struct live_study *study, int64_t from_ms, uint32_t days)
{
    return study_moment(study, from_ms) + ((int64_t)days + (study->identity == IDENTITY_ANONYMOUS)) * DAY_MS;
}

void study_id_make(const struct live_study *study, struct uuid *out)
{
    if (study->identity == IDENTITY_ANONYMOUS)
        uuid_random(out);
    else
        uuid_ordered(out);
}

uint64_t ticket_seed_make(void)
{
    uint64_t seed = 0;
    secret_bytes(&seed, sizeof seed);
    return seed >> 1 ? seed >> 1 : 1;
}

bool way_is_bound(const struct way_found *way)
{
    /* The language of an encounter is fixed by its first answer. */
    return way->has_encounter && (way->ticket.study.identity != IDENTITY_ANONYMOUS || *way->encounter.language);
}

/* The study and the sheet of a version. */
static enum status study_attach(struct ctx *ctx, struct desk *desk, struct store_session *session, uint32_t version,
                                struct way_found *out)
{
    enum status status =
        version_sheet_get(ctx, desk, session, &out->ticket.study.id, version ? version : out->ticket.study.version, &out->sheet);
    if (!status)
        out->ticket.collection = out->sheet->collection;
    return status;
}

/* Which items are asked: by the seed of the encounter, so that both waves ask the same; else by that of the form, which its answer
 * brings back. Paper asks all; and so does who pairs by code, not knowing beforehand which items the other form asked. */
static enum status form_draw(struct ctx *ctx, const struct form *form, struct way_found *out)
{
    bool bound = way_is_bound(out);
    bool whole = out->ticket.study.identity == IDENTITY_CODE || out->ticket.door == DOOR_PAPER || out->seed == 0;
    uint32_t asked = out->sheet->collection->items_asked;
    out->ticket.form = form;
    if (bound)
        return form_sample(ctx, form, asked, out->encounter.seed, &out->ticket.form);
    out->ticket.seed = whole || asked == 0 ? 0 : out->seed;
    return out->ticket.seed ? form_sample(ctx, form, asked, out->seed, &out->ticket.form) : STATUS_OK;
}

/* The form in the right language, asking what this person is asked. */
static enum status form_attach(struct ctx *ctx, struct desk *desk, const char *language, struct way_found *out)
{
    const struct form *form = NULL;
    const char *fixed = out->has_encounter ? out->encounter.language : "";
    if (out->ticket.state != TICKET_OPEN)
        return STATUS_OK;
    if (!out->sheet->scales_hold) {
        out->ticket.state = TICKET_DIFFERENT;
        return STATUS_OK;
    }
    enum status status = version_sheet_form(ctx, desk, out->sheet, out->ticket.wave, *fixed ? fixed : language, &form);
    if (!status && form->question_count == 0) {
        out->ticket.state = TICKET_UNKNOWN; /* the study does not ask this wave */
        return STATUS_OK;
    }
    return status ? status : form_draw(ctx, form, out);
}

static enum status receipt_find(struct ctx *ctx, struct store_session *session, struct way_found *out)
{
    struct submission submission = {.study = out->token.study, .encounter = out->token.encounter, .wave = out->token.wave};
    bool found = false;
    if (uuid_is_none(&out->token.encounter))
        return STATUS_OK;
    enum status status = submission_get(ctx, session, &submission, &found);
    if (!status && found)
        out->ticket.receipt = submission.receipt;
    return status;
}

static enum ticket_state token_state(const struct token *token, const struct live_study *study, int64_t now)
{
    if (token->used_ms)
        return TICKET_USED;
    if (token->withdrawn_ms)
        return TICKET_WITHDRAWN;
    if (study->state == LIVE_CLOSED)
        return TICKET_CLOSED;
    if (token->opens_ms > now)
        return TICKET_EARLY;
    return token->expires_ms <= now ? TICKET_EXPIRED : TICKET_OPEN;
}

/* Was it open before, on a clock that has been set back since? What was open when it was made, or has been opened by the end of its
 * encounter, does not close again. */
static bool was_open(const struct way_found *found)
{
    const struct token *token = &found->token;
    bool ended = found->has_encounter && found->encounter.ended_ms > 0;
    return token->opens_ms <= token->created_ms || (ended && token->opens_ms <= found->encounter.ended_ms);
}

static enum status draft_attach(struct ctx *ctx, struct store_session *session, struct way_found *out)
{
    struct draft draft;
    bool found = false;
    if (out->ticket.state != TICKET_OPEN)
        return STATUS_OK;
    enum status status = draft_get(ctx, session, &out->token.study, &out->token.hash, &draft, &found);
    if (status || !found)
        return status;
    out->ticket.draft_seconds = draft.seconds;
    /* A draft that does not fit the form any more is as good as none. */
    if (filling_unpack(ctx, out->ticket.form, draft.answers, &out->ticket.draft))
        out->ticket.draft = (struct filling){NULL, 0};
    return STATUS_OK;
}

static enum status token_encounter(struct ctx *ctx, struct desk *desk, struct store_session *session, struct way_found *out)
{
    if (!uuid_is_none(&out->token.encounter)) {
        enum status status =
            encounter_get(ctx, session, &out->token.study, &out->token.encounter, &out->encounter, &out->has_encounter);
        if (status)
            return status;
    }
    return study_attach(ctx, desk, session, out->has_encounter ? out->encounter.version : 0, out);
}

static enum status token_find(struct ctx *ctx, struct desk *desk, struct store_session *session, struct span secret,
                              const char *language, struct way_found *out)
{
    struct ticket *ticket = &out->ticket;
    struct digest hash;
    bool found = false;
    int64_t now = desk_now_ms();
    ticket->state = TICKET_UNKNOWN;
    ticket->door = DOOR_LINK;
    out->by_token = true;
    if (!secret_well_formed(secret))
        return STATUS_OK;
    digest_of(secret, &hash);
    enum status status = token_get(ctx, session, &hash, &out->token, &found);
    if (status || !found)
        return status;
    status = study_by_id(ctx, session, &out->token.study, &ticket->study, &found);
    if (status || !found)
        return status;
    status = token_encounter(ctx, desk, session, out);
    if (status)
        return status;
    ticket->wave = out->token.wave;
    ticket->state = token_state(&out->token, &ticket->study, now);
    if (ticket->state == TICKET_EARLY && was_open(out))
        ticket->state = TICKET_OPEN;
    if (ticket->state == TICKET_OPEN && !out->has_encounter)
        ticket->state = TICKET_UNKNOWN;
    ticket->opens_ms = ticket->state == TICKET_EARLY && out->token.opens_ms < INT64_MAX ? out->token.opens_ms : 0;
    ticket->customer_may_open = ticket->state == TICKET_EARLY && ticket->wave == WAVE_PERCEPTION &&
                                (ticket->collection->openings & OPENS_BY_CUSTOMER) != 0;
    if (ticket->state == TICKET_USED)
        return receipt_find(ctx, session, out);
    status = form_attach(ctx, desk, language, out);
    return status ? status : draft_attach(ctx, session, out);
}

static enum status door_find(struct ctx *ctx, struct desk *desk, struct store_session *session, struct span secret,
                             const char *language, struct way_found *out)
{
    struct ticket *ticket = &out->ticket;
    struct digest hash;
    struct door door;
    bool found = false;
    ticket->state = TICKET_UNKNOWN;
    if (!secret_well_formed(secret))
        return STATUS_OK;
    digest_of(secret, &hash);
    enum status status = door_get(ctx, session, &hash, &door, &found);
    if (status || !found)
        return status;
    ticket->door = door.kind;
    ticket->wave = door.wave;
    out->attributes = door.attributes;
    status = study_by_id(ctx, session, &door.study, &ticket->study, &found);
    if (status || !found)
        return status;
    status = study_attach(ctx, desk, session, 0, out);
    ticket->state = door.closed_ms || ticket->study.state == LIVE_CLOSED ? TICKET_CLOSED : TICKET_OPEN;
    return status ? status : form_attach(ctx, desk, language, out);
}

/* The encounter that an API call names, and whether it still waits for this wave. */
static enum status named_encounter(struct ctx *ctx, struct store_session *session, const struct submission_way *way,
                                   struct way_found *out)
{
    struct ticket *ticket = &out->ticket;
    struct submission submission = {.study = ticket->study.id, .encounter = way->encounter, .wave = way->wave};
    bool answered = false;
    enum status status = encounter_get(ctx, session, &ticket->study.id, &way->encounter, &out->encounter, &out->has_encounter);
    if (!status && !out->has_encounter) {
        ticket->state = TICKET_UNKNOWN;
        return STATUS_OK;
    }
    if (!status)
        status = submission_get(ctx, session, &submission, &answered);
    if (!status && answered) {
        ticket->state = TICKET_USED;
        ticket->receipt = submission.receipt;
    }
    return status;
}

/* The open link that was made of a study; nobody comes in by the study's name alone. */
static enum status open_link_find(struct ctx *ctx, struct store_session *session, struct way_found *out)
{
    struct ticket *ticket = &out->ticket;
    enum ticket_state of_study = ticket->state;
    struct door *doors = NULL;
    size_t count = 0;
    enum status status = door_list(ctx, session, &ticket->study.id, &doors, &count);
    ticket->state = TICKET_UNKNOWN;
    for (size_t i = 0; i < count && !status; i++) {
        if (doors[i].kind != DOOR_OPEN)
            continue;
        if (doors[i].closed_ms) {
            ticket->state = ticket->state == TICKET_UNKNOWN ? TICKET_CLOSED : ticket->state;
            continue;
        }
        ticket->state = of_study;
        ticket->wave = ticket->wave < WAVE_COUNT ? ticket->wave : doors[i].wave;
        out->attributes = doors[i].attributes;
    }
    ticket->wave = ticket->wave < WAVE_COUNT ? ticket->wave : WAVE_PERCEPTION;
    return status;
}

static enum status open_find(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct submission_way *way,
                             const char *language, struct way_found *out)
{
    struct ticket *ticket = &out->ticket;
    bool found = false;
    ticket->state = TICKET_UNKNOWN;
    ticket->door = way->kind;
    ticket->wave = way->wave;
    out->attributes = way->attributes;
    enum status status = study_by_name(ctx, session, way->study, &ticket->study, &found);
    if (status || !found)
        return status;
    ticket->state = ticket->study.state == LIVE_CLOSED ? TICKET_CLOSED : TICKET_OPEN;
    if (way->kind == DOOR_OPEN)
        status = open_link_find(ctx, session, out);
    if (status || ticket->state == TICKET_UNKNOWN)
        return status;
    if (!uuid_is_none(&way->encounter))
        status = named_encounter(ctx, session, way, out);
    if (!status)
        status = study_attach(ctx, desk, session, out->has_encounter ? out->encounter.version : 0, out);
    /* Both waves are asked in one language, or they are not the same scale. */
    if (!status && ticket->state == TICKET_OPEN && out->has_encounter && *language && *out->encounter.language &&
        strcmp(language, out->encounter.language) != 0)
        ticket->state = TICKET_DIFFERENT;
    return status ? status : form_attach(ctx, desk, language, out);
}

/* That of the encounter's first answer, else the one that is wished for where the study speaks it, else the study's own. */
static const char *respondent_language(const struct way_found *found, const char *wished)
{
    const struct collection *collection = found->ticket.collection;
    if (!collection)
        return NULL;
    if (found->has_encounter && *found->encounter.language)
        return found->encounter.language;
    return *wished && collection_speaks(collection, wished) ? wished : collection->language;
}

static enum status way_look(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct submission_way *way,
                            const char *language, struct way_found *out)
{
    *out = (struct way_found){.seed = way->seed};
    if (way->token.at)
        return token_find(ctx, desk, session, way->token, language, out);
    if (way->door.at)
        return door_find(ctx, desk, session, way->door, language, out);
    return open_find(ctx, desk, session, way, language, out);
}

enum status way_find(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct submission_way *way,
                     const char *language, struct way_found *out)
{
    enum status status = way_look(ctx, desk, session, way, language, out);
    if (!status)
        out->ticket.language = respondent_language(out, language);
    return status;
}

static enum status ticket_find(struct ctx *ctx, struct desk *desk, struct store_session *session,
                               const struct submission_way *way, const char *language, struct ticket *out)
{
    struct way_found found;
    enum status status = way_find(ctx, desk, session, way, language, &found);
    *out = found.ticket;
    return status;
}

enum status ticket_of_token(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct ticket_wish *wish,
                            struct ticket *out)
{
    return ticket_find(ctx, desk, session, &(struct submission_way){.token = wish->by, .seed = wish->seed}, wish->language, out);
}

enum status ticket_of_study(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct ticket_wish *wish,
                            struct ticket *out)
{
    const struct submission_way way = {.study = wish->by, .wave = wish->wave, .kind = DOOR_OPEN, .seed = wish->seed};
    return ticket_find(ctx, desk, session, &way, wish->language, out);
}

enum status ticket_of_door(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct ticket_wish *wish,
                           struct ticket *out)
{
    return ticket_find(ctx, desk, session, &(struct submission_way){.door = wish->by, .seed = wish->seed}, wish->language, out);
}

/* The encounter is over, and its perception form is open from now on. */
static enum status perception_open_now(struct ctx *ctx, struct store_session *session, struct way_found *found)
{
    const struct live_study *study = &found->ticket.study;
    int64_t now = desk_now_ms(), moment = study_moment(study, now);
    const struct token_choice choice = {.study = study->id, .encounter = found->encounter.id, .wave = WAVE_PERCEPTION};
    uint64_t changed = 0;
    found->encounter.ended_ms = found->encounter.ended_ms ? found->encounter.ended_ms : moment;
    found->encounter.began_ms = found->encounter.began_ms ? found->encounter.began_ms : moment;
    enum status status = encounter_update(ctx, session, &found->encounter);
    if (!status)
        status = token_open(ctx, session, &choice, moment, study_expiry(study, now, found->sheet->collection->invitation_days),
                            &changed);
    if (status || study->identity == IDENTITY_ANONYMOUS)
        return status;
    struct event event = {
        .study = study->id, .at_ms = now, .kind = "perception_opened", .actor = "respondent", .count = (int64_t)changed};
    if (study->identity == IDENTITY_NAMED)
        event.encounter = found->encounter.id;
    return event_add(ctx, session, &event);
}

enum status ticket_open_now(struct ctx *ctx, struct desk *desk, struct store_session *session, struct span token,
                            struct ticket *out)
{
    const struct submission_way way = {.token = token};
    struct way_found found;
    enum status status = way_find(ctx, desk, session, &way, "", &found);
    if (!status && found.ticket.customer_may_open) {
        status = perception_open_now(ctx, session, &found);
        if (!status)
            status = way_find(ctx, desk, session, &way, "", &found);
    }
    *out = found.ticket;
    return status;
}
