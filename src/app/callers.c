/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/callers.h"

#include "store/key_rows.h"

enum status caller_of_bearer(struct ctx *ctx, struct desk *desk, struct store_session *session, struct span secret,
                             struct caller *out, bool *found)
{
    (void)desk;
    *found = false;
    if (!secret_well_formed(secret))
        return STATUS_OK;
    struct digest hash;
    digest_of(secret, &hash);
    *out = (struct caller){.kind = CALLER_KEY};
    enum status status = key_by_hash(ctx, session, &hash, &out->key, found);
    if (status != STATUS_OK || !*found)
        return status;
    int64_t now_ms = desk_now_ms();
    *found = out->key.revoked_ms == 0 && (out->key.expires_ms == 0 || now_ms < out->key.expires_ms);
    return STATUS_OK;
}
