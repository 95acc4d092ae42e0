/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/retention.h"

#include "app/desk_inside.h"
#include "app/ticket_inside.h"
#include "base/limits.h"
#include "store/erasure.h"
#include "store/event_rows.h"
#include "store/study_rows.h"

static enum status retention_note(struct ctx *ctx, struct store_session *session, const struct live_study *study, uint64_t count)
{
    const struct event event = {.study = study->id,
                                .at_ms = study_moment(study, desk_now_ms()),
                                .kind = "retention_erased",
                                .actor = "retention",
                                .count = (int64_t)count};
    return event_add(ctx, session, &event);
}

enum status retention_apply(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct live_study *study,
                            bool dry, struct retention_result *out)
{
    const struct version_sheet *sheet = NULL;
    *out = (struct retention_result){.days = 0};
    enum status status = version_sheet_get(ctx, desk, session, &study->id, study->version, &sheet);
    if (status || sheet->collection->retention_days == 0)
        return status;
    out->days = sheet->collection->retention_days;
    const struct expiry expiry = {.study = study->id, .before_ms = desk_now_ms() - out->days * DAY_MS, .dry = dry};
    status = encounters_expire(ctx, session, &expiry, &out->encounters);
    return status || dry || out->encounters == 0 ? status : retention_note(ctx, session, study, out->encounters);
}

enum status desk_housekeeping(struct ctx *ctx, struct desk *desk, struct store_session *session, uint64_t *erased)
{
    struct live_study *studies = NULL;
    size_t count = 0;
    *erased = 0;
    enum status status = study_list(ctx, session, &studies, &count);
    for (size_t i = 0; i < count && !status; i++) {
        struct retention_result result;
        status = leavings_expire(ctx, session, &studies[i].id, desk_now_ms() - LEAVINGS_DAYS * DAY_MS);
        if (!status)
            status = retention_apply(ctx, desk, session, &studies[i], false, &result);
        if (!status)
            *erased += result.encounters;
    }
    return status;
}

enum status desk_scrub(struct ctx *ctx, struct desk *desk)
{
    return store_scrub(ctx, desk->store);
}

bool desk_has_traces(const struct desk *desk)
{
    return store_has_traces(desk->store);
}

enum status desk_traces_clear(struct ctx *ctx, struct desk *desk)
{
    return store_traces_clear(ctx, desk->store);
}
