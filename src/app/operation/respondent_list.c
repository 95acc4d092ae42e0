/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "app/respondent_naming.h"
#include "store/encounter_rows.h"

#define RESPONDENTS_PAGE 1000

static enum status page_read(struct ctx *ctx, const struct operation_call *call, struct uuid **ids, size_t *count, int64_t *most)
{
    struct respondent_page page;
    *most = RESPONDENTS_PAGE;
    enum status status = in_id(ctx, call->in, "after", &page.after);
    if (!status)
        status = in_whole(ctx, call->in, "limit", 1, RESPONDENTS_PAGE, most);
    page.most = (uint32_t)*most;
    if (!status)
        status = respondent_list(ctx, call->session, &call->study.id, &page, ids, count);
    return status;
}

static enum status respondent_list_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct uuid *ids = NULL;
    size_t count = 0;
    int64_t most = 0;
    json_t *list = json_array();
    enum status status = page_read(ctx, call, &ids, &count, &most);
    for (size_t i = 0; !status && i < count; i++) {
        json_t *value = NULL;
        status = respondent_value(ctx, call, &ids[i], &value);
        if (!status && json_array_append_new(list, value) != 0)
            status = ctx_no_memory(ctx);
    }
    if (!status)
        return value_give(
            ctx,
            json_pack("{s:o,s:o}", "respondents", list, "next", count == (size_t)most ? value_id(&ids[count - 1]) : json_null()),
            out);
    json_decref(list);
    return status;
}

const struct operation operation_respondent_list = {
    .name = "respondent_list",
    .sentence = "Lists the respondents of a study with their contacts, a page at a time.",
    .reach = REACH_STUDY,
    .takes =
        (const struct operation_field[]){
            {"after", FIELD_TEXT, false, "Begin after this id: the \"next\" of the page before.",
             "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {"limit", FIELD_WHOLE, false, "How many at most, 1 to 1000.", "100"},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"respondents", FIELD_LIST, true, "Id, name, e-mail, phone and reference of each.",
             "[{\"respondent\": \"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\", \"name\": \"Ada Berg\", \"email\": "
             "\"ada@example.org\", \"phone\": null, \"reference\": \"C-1042\"}]"},
            {"next", FIELD_TEXT, false, "Where to go on; null at the end.", "null"},
            {.name = NULL},
        },
    .run = respondent_list_run,
};
