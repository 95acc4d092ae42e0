/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "app/response_table.h"

static enum status response_list_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct live_answers answers;
    struct out *csv = NULL;
    enum status status = live_answers_of_session(ctx, call->session, &call->study, &answers);
    if (!status)
        status = out_open_memory(ctx, &csv);
    if (!status)
        status = response_table_write(ctx, csv, &call->study, &answers);
    if (!status)
        status = out_close(ctx, csv);
    if (status)
        return status;
    struct span text = out_bytes(csv);
    return value_give(ctx,
                      json_pack("{s:o,s:I}", "csv", json_stringn(text.at, text.length), "encounters",
                                (json_int_t)answers.answers->encounter_count),
                      out);
}

const struct operation operation_response_list = {
    .name = "response_list",
    .sentence = "Gives the answers as CSV under the headers that the study file names, a row per encounter, with pseudonyms.",
    .reach = REACH_STUDY,
    .takes = (const struct operation_field[]){{.name = NULL}},
    .gives =
        (const struct operation_field[]){
            {"csv", FIELD_TEXT, true, "The table.", "\"respondent,e1,p1\\np3fa9c1d27b640e55,6,5\\n\""},
            {"encounters", FIELD_WHOLE, true, "How many rows it has.", "1"},
            {.name = NULL},
        },
    .run = response_list_run,
};
