/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/admission.h"

#include "app/callers.h"

enum { KIND_ADDRESS = 1, KIND_SECRET, KIND_MISS, BURSTS_PER_MINUTE = 4 };

static bool is_unlimited(const struct request *request)
{
    return request->exchange.server->settings->rate_per_minute == UINT64_MAX;
}

static struct rate rate_of_address(const struct server *server)
{
    uint64_t per_minute = server->settings->rate_per_minute == 0 ? RATE_PER_MINUTE_DEFAULT : server->settings->rate_per_minute;
    return (struct rate){KIND_ADDRESS, per_minute, per_minute < BURSTS_PER_MINUTE ? 1 : per_minute / BURSTS_PER_MINUTE};
}

static const struct rate rate_of_secret = {KIND_SECRET, RATE_PER_MINUTE_OF_SECRET, RATE_PER_MINUTE_OF_SECRET / BURSTS_PER_MINUTE};
static const struct rate rate_of_misses = {KIND_MISS, MISSES_PER_MINUTE, MISSES_PER_MINUTE};

/* False, with the reply, when somebody has to wait. */
static bool limit_keep(struct request *request, uint32_t seconds)
{
    if (seconds == 0)
        return true;
    struct exchange *exchange = &request->exchange;
    const char *wait = arena_format(exchange->ctx.arena, "%u", seconds);
    reply_problem(exchange, 429, "Too many requests.", "Too many requests came from here in a short time. Please wait a moment.");
    reply_header(exchange, "Retry-After", wait == NULL ? "60" : wait);
    exchange->server->limited++;
    return false;
}

bool admission_of_address(struct request *request, uint64_t now_ms)
{
    struct server *server = request->exchange.server;
    if (is_unlimited(request))
        return true;
    struct rate rate = rate_of_address(server);
    return limit_keep(request, rate_limit_take(server->rates, &rate, peer_name(&request->peer), now_ms));
}

bool admission_of_secret(struct request *request, uint64_t now_ms)
{
    struct server *server = request->exchange.server;
    struct span secret = request->secret >= 0 ? request->exchange.parts[request->secret] : request->bearer;
    if (is_unlimited(request) || secret.at == NULL)
        return true;
    if (!limit_keep(request, rate_limit_look(server->rates, &rate_of_misses, peer_name(&request->peer), now_ms)))
        return false;
    return limit_keep(request, rate_limit_take(server->rates, &rate_of_secret, secret, now_ms));
}

void admission_count_miss(struct request *request, uint64_t now_ms)
{
    const struct exchange *exchange = &request->exchange;
    bool missed = exchange->http_status == 401 || (exchange->http_status == 404 && request->secret >= 0);
    if (missed && !is_unlimited(request))
        (void)rate_limit_take(exchange->server->rates, &rate_of_misses, peer_name(&request->peer), now_ms);
}

bool admission_wants_key(const struct request *request)
{
    enum who who = request->exchange.route->who;
    return who == WHO_KEY || who == WHO_KEY_WRITE || (who == WHO_MONITOR && !request->local);
}

static void reply_unknown(struct exchange *exchange)
{
    reply_problem(exchange, 401, "An API key is needed.",
                  "This needs an API key that is valid: send it as \"Authorization: Bearer KEY\".");
    reply_header(exchange, "WWW-Authenticate", "Bearer");
}

bool admission_of_bearer(struct request *request)
{
    bool wanting = admission_wants_key(request) && request->bearer.at == NULL;
    if (wanting)
        reply_unknown(&request->exchange);
    return !wanting;
}

enum status admission_of_caller(struct request *request, struct store_session *session, bool *admitted)
{
    struct exchange *exchange = &request->exchange;
    *admitted = true;
    if (!admission_wants_key(request))
        return STATUS_OK;
    bool found = false;
    if (request->bearer.at != NULL) {
        enum status status =
            caller_of_bearer(&exchange->ctx, exchange->desk, session, request->bearer, &exchange->caller, &found);
        if (status != STATUS_OK)
            return status;
    }
    const struct api_key *key = &exchange->caller.key;
    *admitted = false;
    if (!found)
        reply_unknown(exchange);
    else if (exchange->route->who == WHO_KEY_WRITE && key->access != KEY_WRITE)
        reply_problem(exchange, 403, "The API key may only read.",
                      "This API key may read and not write: use one with write access.");
    else if (exchange->route->who == WHO_MONITOR && !key->all_studies)
        reply_problem(exchange, 403, "The API key is for some studies only.", "This needs an API key for all studies.");
    else
        *admitted = true;
    return STATUS_OK;
}
