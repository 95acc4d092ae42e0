/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/caller_study.h"

#include "store/key_rows.h"
#include "store/study_rows.h"

enum status caller_study(struct ctx *ctx, struct store_session *session, const struct caller *caller, struct span name,
                         struct live_study *out)
{
    bool found = false;
    enum status status = study_by_name(ctx, session, name, out, &found);
    bool covers = found && (caller->kind == CALLER_OPERATOR || caller->key.all_studies);
    if (!status && found && !covers)
        status = key_covers(ctx, session, &caller->key, &out->id, &covers);
    if (!status && !covers)
        status = ctx_fail(ctx, STATUS_NO_INPUT, NULL, "There is no study called \"%.*s\" here.",
                          name.length > 64 ? 64 : (int)name.length, name.at);
    return status;
}
