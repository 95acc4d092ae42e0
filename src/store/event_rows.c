/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/event_rows.h"

#include <inttypes.h>
#include <string.h>

#include "store/row_list.h"

/* The last line, to which the next is chained. */
struct event_end {
    int64_t sequence;
    struct digest chain;
};

/* What a line hashes to: over the chain before it and everything that it says. */
static enum status event_chain(struct ctx *ctx, const struct digest *before, const struct event *event, struct digest *out)
{
    char chain[DIGEST_TEXT_BYTES], study[UUID_TEXT_BYTES], encounter[UUID_TEXT_BYTES];
    digest_format(before, chain);
    uuid_format(&event->study, study);
    uuid_format(&event->encounter, encounter);
    const char *line = arena_format(ctx->arena, "%s\n%" PRId64 "\n%s\n%" PRId64 "\n%s\n%s\n%s\n%" PRId64, chain, event->sequence,
                                    study, event->at_ms, event->kind, encounter, event->actor, event->count);
    if (!line)
        return ctx_no_memory(ctx);
    digest_of(span_of(line), out);
    return STATUS_OK;
}

static enum status end_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct event_end *end = state;
    (void)ctx;
    end->sequence = row_integer(row, 0);
    row_digest(row, 1, &end->chain);
    return STATUS_OK;
}

enum status event_add(struct ctx *ctx, struct store_session *session, const struct event *event)
{
    struct event_end end = {0};
    struct event line = *event;
    struct digest chain;
    enum status status = store_query(ctx, session, "event_last", (struct store_values){NULL, 0}, end_found, &end);
    line.sequence = end.sequence + 1;
    if (!status)
        status = event_chain(ctx, &end.chain, &line, &chain);
    if (status)
        return status;
    return store_run(ctx, session, "event_insert",
                     STORE_VALUES(value_integer(line.sequence), value_uuid(&line.study), value_integer(line.at_ms),
                                  value_string(line.kind), value_uuid(&line.encounter), value_string(line.actor),
                                  value_integer(line.count), value_digest(&chain)),
                     NULL);
}

static enum status event_read(struct ctx *ctx, const struct store_row *row, struct event *out)
{
    *out = (struct event){.sequence = row_integer(row, 0),
                          .at_ms = row_integer(row, 2),
                          .kind = row_text(ctx, row, 3),
                          .actor = row_text(ctx, row, 5),
                          .count = row_integer(row, 6)};
    row_uuid(row, 1, &out->study);
    row_uuid(row, 4, &out->encounter);
    return out->kind && out->actor ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status event_listed(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct event *event = row_list_add(ctx, state);
    return event ? event_read(ctx, row, event) : ctx_no_memory(ctx);
}

enum status event_list(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct event_range *range,
                       struct event **out, size_t *count)
{
    struct row_list list = {.size_bytes = sizeof **out};
    const struct store_value from = value_integer(range->from), most = value_integer(range->most);
    enum status status =
        uuid_is_none(study)
            ? store_query(ctx, session, "event_list_all", STORE_VALUES(from, most), event_listed, &list)
            : store_query(ctx, session, "event_list", STORE_VALUES(value_uuid(study), from, most), event_listed, &list);
    *out = (struct event *)(void *)list.at;
    *count = list.count;
    return status;
}

/* The chain as far as it was followed. */
struct event_following {
    struct event_end end;
    int64_t broken;
};

static enum status event_followed(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct event_following *following = state;
    struct event event;
    struct digest should, is;
    enum status status = event_read(ctx, row, &event);
    if (!status)
        status = event_chain(ctx, &following->end.chain, &event, &should);
    if (status || following->broken)
        return status;
    row_digest(row, 7, &is);
    if (event.sequence != following->end.sequence + 1 || !digest_equal(&should, &is))
        following->broken = event.sequence;
    following->end = (struct event_end){.sequence = event.sequence, .chain = is};
    return STATUS_OK;
}

enum status event_verify(struct ctx *ctx, struct store_session *session, int64_t *broken)
{
    struct event_following following = {0};
    enum status status = store_query(ctx, session, "event_list_all", STORE_VALUES(value_integer(0), value_integer(INT64_MAX)),
                                     event_followed, &following);
    *broken = following.broken;
    return status;
}
