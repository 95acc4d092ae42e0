/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/door_page.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "serve/accepted_language.h"
#include "serve/form_page.h"
#include "serve/message_page.h"

/* One door while a request goes through it. */
struct passing_door {
    struct exchange *exchange;
    const struct door_look *look;
    const char *language; /* asked for, or "" */
    enum wave wave;       /* of an open link; WAVE_COUNT: it is not said */
    const char *here;     /* "/s/abc?lang=de": its own address */
};

/* The language that the address asks for, else the browser's. */
static const char *language_wanted(struct exchange *exchange)
{
    struct span asked = exchange_query(exchange, "lang");
    if (asked.length > 0 && asked.length < 16) {
        const char *copy = arena_copy(exchange->ctx.arena, asked);
        return copy ? copy : "";
    }
    return language_primary(&exchange->ctx, exchange->language);
}

static enum wave wave_wanted(const struct exchange *exchange)
{
    enum wave wave = WAVE_COUNT;
    (void)wave_parse(exchange_query(exchange, "wave"), &wave);
    return wave;
}

static void door_begin(struct exchange *exchange, const struct door_look *look, struct passing_door *out)
{
    *out = (struct passing_door){
        .exchange = exchange, .look = look, .language = language_wanted(exchange), .wave = wave_wanted(exchange)};
}

/* What stands behind the language in addresses of this door. */
static const char *wave_query(const struct passing_door *door)
{
    bool said = door->look->way == WAY_STUDY && door->wave < WAVE_COUNT;
    const char *query = said ? arena_format(door->exchange->ctx.arena, "&wave=%s", wave_name(door->wave)) : "";
    return query ? query : "";
}

/* The address of this door in the language of its form. */
static const char *here_in(const struct passing_door *door, const char *language)
{
    const struct exchange *exchange = door->exchange;
    return arena_format(exchange->ctx.arena, "%s%.*s?lang=%s%s", door->look->path, (int)exchange->parts[0].length,
                        exchange->parts[0].at, language, wave_query(door));
}

static const char *over_address(const struct passing_door *door)
{
    const struct span secret = door->exchange->parts[0];
    if (door->look->way != WAY_TOKEN)
        return NULL;
    return arena_format(door->exchange->ctx.arena, "/s/%.*s/over", (int)secret.length, secret.at);
}

static enum status ticket_look(const struct passing_door *door, struct ticket *out)
{
    struct exchange *exchange = door->exchange;
    const struct ticket_wish wish = {
        .by = exchange->parts[0], .language = door->language, .wave = door->wave, .seed = ticket_seed_make()};
    switch (door->look->way) {
    case WAY_TOKEN:
        return ticket_of_token(&exchange->ctx, exchange->desk, exchange->session, &wish, out);
    case WAY_STUDY:
        return ticket_of_study(&exchange->ctx, exchange->desk, exchange->session, &wish, out);
    case WAY_DOOR:
    default:
        return ticket_of_door(&exchange->ctx, exchange->desk, exchange->session, &wish, out);
    }
}

static bool study_speaks(const void *collection, struct span tag)
{
    return collection_language(collection, tag) != NULL;
}

/* The ticket, with the form in the language that the reader likes best of those that the study speaks: which these are is known once the
 * study is found, so it is looked up again where the first one was a poor guess. */
static enum status door_ticket(struct passing_door *door, struct ticket *out)
{
    struct exchange *exchange = door->exchange;
    enum status status = ticket_look(door, out);
    bool asked = exchange_query(exchange, "lang").length > 0;
    if (status || asked || !out->collection)
        return status;
    const char *best = accepted_language(&exchange->ctx, span_of(exchange->languages), study_speaks, out->collection);
    const char *language = collection_language(out->collection, span_of(best));
    if (!language || strcmp(language, door->language) == 0)
        return STATUS_OK;
    door->language = arena_copy(exchange->ctx.arena, span_of(language));
    return door->language ? ticket_look(door, out) : ctx_no_memory(&exchange->ctx);
}

/* The class and script by the kind of door that stands behind a secret. */
static const char *door_kind_class(const struct passing_door *door, const struct ticket *ticket)
{
    return door->look->kind ? door->look->kind : door_kind_name(ticket->door);
}

/* Anonymous studies keep no drafts. */
static bool may_wait(const struct door_look *look, const struct ticket *ticket)
{
    return look->may_wait && ticket->study.identity != IDENTITY_ANONYMOUS;
}

/* A key with which the form may be sent again: where it is no link that answers once, and where thanks give the link for afterwards. */
static bool carries_key(const struct door_look *look, const struct ticket *ticket)
{
    return look->open || (ticket->study.identity == IDENTITY_ANONYMOUS && ticket->wave == WAVE_EXPECTATION);
}

enum status door_page_show(struct exchange *exchange, const struct door_look *look)
{
    struct passing_door door;
    struct ticket ticket;
    char once[SECRET_TEXT_BYTES];
    door_begin(exchange, look, &door);
    enum status status = door_ticket(&door, &ticket);
    if (status)
        return status;
    if (ticket.state != TICKET_OPEN) {
        ticket_page_write(exchange, &ticket, over_address(&door), false);
        return STATUS_OK;
    }
    secret_make(once);
    const struct form_page page = {.ticket = &ticket,
                                   .given = &ticket.draft,
                                   .action = here_in(&door, ticket.form->language),
                                   .query = wave_query(&door),
                                   .once = carries_key(look, &ticket) ? once : NULL,
                                   .may_wait = may_wait(look, &ticket),
                                   .open_door = look->open,
                                   .script = look->script,
                                   .kind = door_kind_class(&door, &ticket)};
    form_page_write(exchange, &page, 200);
    return STATUS_OK;
}

static struct span field_value(const struct form_field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (span_is(fields[i].name, name))
            return fields[i].value;
    return (struct span){NULL, 0};
}

/* A moment in milliseconds, or another whole number, that a form carries; 0 when it is none. */
static int64_t field_whole(const struct form_field *fields, size_t count, const char *name)
{
    struct decimal moment;
    if (!decimal_parse(field_value(fields, count, name), '.', &moment) || moment.places > 0 || moment.units < 0)
        return 0;
    return moment.units;
}

/* What the fields of the door say: when it was begun and answered, under which key, by whom perhaps. */
static void request_fill(const struct passing_door *door, const struct form_field *fields, size_t count,
                         struct submission_request *out)
{
    const struct exchange *exchange = door->exchange;
    int64_t now = desk_now_ms(), began = field_whole(fields, count, "_began"), answered = field_whole(fields, count, "_answered");
    int64_t end = answered && answered < now ? answered : now;
    int64_t seconds = began && began < end ? (end - began) / 1000 : 0;
    *out = (struct submission_request){.language = door->language,
                                       .fields = fields,
                                       .field_count = count,
                                       .draft = door->look->may_wait && span_is(field_value(fields, count, "_do"), "save"),
                                       .consented = field_value(fields, count, "_consent").length > 0,
                                       .confirmed = field_value(fields, count, "_confirmed").length > 0,
                                       .once = field_value(fields, count, "_once"),
                                       .seconds = seconds < FORM_SECONDS_MAX ? (uint32_t)seconds : FORM_SECONDS_MAX};
    if (door->look->way == WAY_TOKEN)
        out->way.token = exchange->parts[0];
    else if (door->look->way == WAY_DOOR)
        out->way.door = exchange->parts[0];
    else
        out->way = (struct submission_way){.study = exchange->parts[0], .wave = door->wave, .kind = DOOR_OPEN};
    out->way.answered_ms = answered;
    out->way.seed = (uint64_t)field_whole(fields, count, "_seed");
    out->suspicious = door->look->open && (field_value(fields, count, "_website").length > 0 || (began && seconds < 2));
}

static void form_again(const struct passing_door *door, const struct submission_request *request,
                       const struct submission_result *result)
{
    const struct ticket *ticket = &result->ticket;
    struct exchange *exchange = door->exchange;
    const char *once = request->once.length > 0 ? arena_copy(exchange->ctx.arena, request->once) : NULL;
    bool inverted = result->outcome == SUBMISSION_INVERTED;
    const struct form_page page = {.ticket = ticket,
                                   .given = &result->given,
                                   .fields = request->fields,
                                   .field_count = request->field_count,
                                   .problems = result->problems,
                                   .problem_count = result->problem_count,
                                   .inverted = result->inverted,
                                   .inverted_count = inverted ? result->inverted_count : 0,
                                   .action = here_in(door, ticket->form->language),
                                   .query = wave_query(door),
                                   .once = once,
                                   .may_wait = may_wait(door->look, ticket),
                                   .open_door = door->look->open,
                                   .script = door->look->script,
                                   .kind = door_kind_class(door, ticket)};
    form_page_write(exchange, &page, 422);
}

/* Thanks by a page of its own, so that reloading it sends nothing again; a link for afterwards is shown at once. */
static void thanks_say(const struct passing_door *door, const struct submission_result *result)
{
    struct exchange *exchange = door->exchange;
    const char *language = result->ticket.form       ? result->ticket.form->language
                           : result->ticket.language ? result->ticket.language
                                                     : "en";
    bool draft = result->outcome == SUBMISSION_DRAFTED;
    exchange->spoken = language;
    if (result->follow_up[0] && !door->look->again) {
        const struct thanks thanks = {
            .language = language,
            .receipt = result->receipt,
            .follow_up = arena_format(exchange->ctx.arena, "%s/s/%s", desk_base_address(exchange->desk), result->follow_up)};
        thanks_page_write(exchange, &thanks);
        return;
    }
    const char *again = door->look->again ? arena_format(exchange->ctx.arena, "&again=%s%.*s", door->look->path,
                                                         (int)exchange->parts[0].length, exchange->parts[0].at)
                                          : "";
    const char *address = draft ? arena_format(exchange->ctx.arena, "/thanks?lang=%s&saved=1", language)
                                : arena_format(exchange->ctx.arena, "/thanks?lang=%s&receipt=%s%s", language,
                                               result->receipt ? result->receipt : "", again ? again : "");
    reply_see_other(exchange, address ? address : "/thanks");
}

enum status door_page_take(struct exchange *exchange, const struct door_look *look)
{
    struct passing_door door;
    struct submission_request request;
    struct submission_result result;
    const struct form_field *fields = NULL;
    size_t count = 0;
    door_begin(exchange, look, &door);
    enum status status = exchange_form(exchange, &fields, &count);
    if (status)
        return status;
    request_fill(&door, fields, count, &request);
    status = submission_record(&exchange->ctx, exchange->desk, exchange->session, &request, &result);
    if (status)
        return status;
    switch (result.outcome) {
    case SUBMISSION_STORED:
    case SUBMISSION_REPEATED:
    case SUBMISSION_DRAFTED:
        thanks_say(&door, &result);
        break;
    case SUBMISSION_PROBLEMS:
    case SUBMISSION_INVERTED:
        form_again(&door, &request, &result);
        break;
    case SUBMISSION_REFUSED:
    default:
        ticket_page_write(exchange, &result.ticket, over_address(&door), true);
        break;
    }
    return STATUS_OK;
}
