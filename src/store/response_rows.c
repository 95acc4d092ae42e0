/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/response_rows.h"

#include "store/row_list.h"

/* The count that the first two columns of a row name. */
static enum status count_named(struct ctx *ctx, struct response_counts *counts, const struct store_row *row,
                               struct response_count **out)
{
    enum wave wave = WAVE_COUNT;
    if (!wave_parse(row->columns[0].bytes, &wave))
        return ctx_fail(ctx, STATUS_DATA, NULL, "A row of the store names no wave: restore a backup.");
    enum arm arm = span_is(row->columns[1].bytes, "both") ? ARM_BOTH : ARM_PERCEPTION_ONLY;
    *out = &counts->of[wave][arm];
    return STATUS_OK;
}

static enum status unanswered_counted(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct response_count *count = NULL;
    enum status status = count_named(ctx, state, row, &count);
    if (status)
        return status;
    count->invited += (uint64_t)row_integer(row, 2);
    count->asked += (uint64_t)row_integer(row, 3);
    count->partial += (uint64_t)row_integer(row, 4);
    count->withdrawn += (uint64_t)row_integer(row, 5);
    return STATUS_OK;
}

static enum status answered_counted(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct response_count *count = NULL;
    enum status status = count_named(ctx, state, row, &count);
    if (status)
        return status;
    uint64_t answered = (uint64_t)row_integer(row, 2);
    count->invited += answered;
    count->asked += answered;
    count->answered += answered;
    return STATUS_OK;
}

static enum status unpaired_counted(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct response_counts *counts = state;
    enum wave wave = WAVE_COUNT;
    (void)ctx;
    if (wave_parse(row->columns[0].bytes, &wave))
        counts->unpaired[wave] = (uint64_t)row_integer(row, 1);
    return STATUS_OK;
}

enum status response_counts(struct ctx *ctx, struct store_session *session, const struct uuid *study, int64_t now_ms,
                            struct response_counts *out)
{
    *out = (struct response_counts){.unpaired = {0}};
    enum status status = store_query(ctx, session, "response_unanswered", STORE_VALUES(value_integer(now_ms), value_uuid(study)),
                                     unanswered_counted, out);
    if (!status)
        status = store_query(ctx, session, "response_answered", STORE_VALUES(value_uuid(study)), answered_counted, out);
    if (!status)
        status = store_query(ctx, session, "response_unpaired", STORE_VALUES(value_uuid(study)), unpaired_counted, out);
    return status;
}
