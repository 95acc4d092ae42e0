/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/restoring.h"

#include "base/secret.h"
#include "store/backup.h"
#include "store/store.h"

enum status desk_create(struct ctx *ctx, const char *path)
{
    enum status status = secret_start(ctx);
    return status ? status : store_create(ctx, path);
}

enum status desk_restore(struct ctx *ctx, const char *from, const char *path, uint64_t *erased)
{
    enum status status = secret_start(ctx);
    return status ? status : store_restore(ctx, from, path, erased);
}
