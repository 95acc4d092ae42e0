/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/encounter_attributes.h"

#include <jansson.h>

enum status attributes_each(struct ctx *ctx, const char *attributes,
                            enum status (*each)(struct ctx *ctx, void *state, const char *name, struct span value), void *state)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_t *object = json_loads(attributes, JSON_REJECT_DUPLICATES, NULL);
    enum status status = STATUS_OK;
    if (!json_is_object(object))
        status = ctx_fail(ctx, STATUS_DATA, NULL, "The attributes of an encounter cannot be read: restore a backup.");
    else
        json_object_foreach (object, name, value)
            if (!status && json_is_string(value))
                status = each(ctx, state, name, (struct span){json_string_value(value), json_string_length(value)});
    json_decref(object);
    return status;
}
