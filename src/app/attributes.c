/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/attributes.h"

#include "app/form_shelf.h"

/* "branch, sex", as a sentence lists what is known. */
static const char *segments_list(struct ctx *ctx, const struct study *study)
{
    const char *list = "";
    for (uint32_t i = 0; i < study->columns.segment_count && list; i++)
        list = arena_format(ctx->arena, "%s%s%s", list, i ? ", " : "", study->columns.segments[i].column);
    return list && *list ? list : "none";
}

static enum status attribute_check(struct ctx *ctx, const struct study *study, const char *key, const json_t *value)
{
    char shown[96];
    text_printable(span_of(key), shown, sizeof shown);
    if (study_segment(study, span_of(key)) == UINT32_MAX)
        return ctx_fail(ctx, STATUS_INVALID, NULL, "\"%s\" is no segment of this study; there are: %s.", shown,
                        segments_list(ctx, study));
    if (!json_is_string(value))
        return ctx_fail(ctx, STATUS_INVALID, NULL, "The attribute \"%s\" must be a text, such as \"Oslo\".", shown);
    for (const char *at = json_string_value(value); *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            return ctx_fail(ctx, STATUS_INVALID, NULL,
                            "The attribute \"%s\" holds a control character; a line of text is accepted.", shown);
    return STATUS_OK;
}

enum status attributes_check(struct ctx *ctx, const struct study *study, const char *attributes)
{
    const char *key = NULL;
    json_t *value = NULL;
    if (!attributes)
        return STATUS_OK;
    json_t *object = json_loads(attributes, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(object)) {
        json_decref(object);
        return ctx_fail(ctx, STATUS_INVALID, NULL, "Attributes are an object of texts, such as {\"branch\": \"Oslo\"}.");
    }
    enum status status = STATUS_OK;
    json_object_foreach (object, key, value)
        if (!status)
            status = attribute_check(ctx, study, key, value);
    json_decref(object);
    return status;
}

enum status call_attributes_check(struct ctx *ctx, const struct operation_call *call, const char *attributes)
{
    const struct version_sheet *sheet = NULL;
    if (!attributes)
        return STATUS_OK;
    enum status status = version_sheet_get(ctx, call->desk, call->session, &call->study.id, call->study.version, &sheet);
    return status ? status : attributes_check(ctx, sheet->study, attributes);
}
