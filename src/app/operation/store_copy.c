/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/desk_inside.h"
#include "app/operation_value.h"
#include "store/backup.h"

static enum status store_copy_run(struct ctx *ctx, struct desk *desk, const json_t *in, json_t **out)
{
    uint64_t pages = 0;
    const char *to = in_text(in, "to", "");
    if (to[0] != '/')
        return member_fail(ctx, "to", "A full path belongs here, beginning with /.");
    enum status status = store_backup(ctx, desk->store, to, &pages);
    return status ? status : value_give(ctx, json_pack("{s:s,s:I}", "to", to, "pages", (json_int_t)pages), out);
}

const struct operation operation_store_copy = {
    .name = "store_copy",
    .sentence = "Backs the store up into a file, of one moment, while answers come in, and checks the copy.",
    .reach = REACH_STORE,
    .operator_only = true,
    .takes =
        (const struct operation_field[]){
            {"to", FIELD_TEXT, true, "Full path of the file; an older backup there is replaced once the new one is whole.",
             "\"/var/backups/study.db\""},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"to", FIELD_TEXT, true, "The file.", "\"/var/backups/study.db\""},
            {"pages", FIELD_WHOLE, true, "How many pages were copied.", "42"},
            {.name = NULL},
        },
    .run_alone = store_copy_run,
};
