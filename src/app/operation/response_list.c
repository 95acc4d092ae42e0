/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/operation_value.h"
#include "app/response_table.h"
#include "store/study_rows.h"

/* "late": which answers are wanted instead of those that analyses see.
 * gives   *given  false: none was named */
static enum status phase_in(struct ctx *ctx, const json_t *in, enum phase *out, bool *given)
{
    const char *text = in_text(in, "phase", NULL);
    char shown[64];
    *given = text != NULL;
    if (!text || (phase_parse(span_of(text), out) && *out != PHASE_AFTER))
        return STATUS_OK;
    text_printable(span_of(text), shown, sizeof shown);
    return member_fail(ctx, "phase", "\"%s\" is no phase: before, late, recalled and during are accepted.", shown);
}

/* How many forms were answered in each phase: what the table does not hold, another one does. */
static enum status phases_count(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct live_counts counts;
    enum status status = study_counts(ctx, call->session, &call->study.id, &counts);
    *out = status ? NULL : json_object();
    for (unsigned phase = 0; *out && phase < PHASE_COUNT; phase++)
        (void)json_object_set_new(*out, phase_name((enum phase)phase), json_integer((json_int_t)counts.answered_in[phase]));
    return status;
}

/* How many encounters no table holds, since a question had another scale when they were asked: the reading has a note of them. */
static json_int_t foreign_count(const struct answers *answers)
{
    static const char foreign[] = "note.live.foreign";
    for (uint32_t i = 0; i < answers->note_count; i++)
        if (strncmp(answers->notes[i].key, foreign, sizeof foreign - 1) == 0)
            return (json_int_t)answers->notes[i].words[0].count;
    return 0;
}

/* What the table holds, and what not. */
struct table_counts {
    uint64_t rows;
    json_int_t foreign;
};

static enum status table_write(struct ctx *ctx, const struct operation_call *call, const enum phase *only, struct out *csv,
                               struct table_counts *counts)
{
    struct live_answers answers;
    enum status status = live_answers_of_session(ctx, call->session, &call->study, only, &answers);
    if (!status)
        status = response_table_write(ctx, csv, &call->study, &answers, only != NULL, &counts->rows);
    counts->foreign = status ? 0 : foreign_count(answers.answers);
    return status ? status : out_close(ctx, csv);
}

static enum status response_list_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct out *csv = NULL;
    enum phase phase = PHASE_BEFORE;
    bool given = false;
    struct table_counts counts = {0, 0};
    json_t *forms = NULL;
    enum status status = phase_in(ctx, call->in, &phase, &given);
    if (!status)
        status = out_open_memory(ctx, &csv);
    if (!status)
        status = table_write(ctx, call, given ? &phase : NULL, csv, &counts);
    if (!status)
        status = phases_count(ctx, call, &forms);
    if (status)
        return status;
    struct span text = out_bytes(csv);
    return value_give(ctx,
                      json_pack("{s:o,s:I,s:I,s:o}", "csv", json_stringn(text.at, text.length), "encounters",
                                (json_int_t)counts.rows, "other_scales", counts.foreign, "forms", forms),
                      out);
}

const struct operation operation_response_list = {
    .name = "response_list",
    .sentence =
        "Gives the answers as CSV under the headers that the study file names, a row per encounter, with pseudonyms. What "
        "analyses leave out has tables of its own: late, recalled and during.",
    .reach = REACH_STUDY,
    .takes =
        (const struct operation_field[]){
            {"phase", FIELD_TEXT, false,
             "Instead of what analyses see: the encounters with answers of this phase, which stand where expectations (before, "
             "late, "
             "recalled) or perceptions (during) do, with a column \"phase\".",
             "\"late\""},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"csv", FIELD_TEXT, true, "The table.", "\"respondent,e1,p1\\np3fa9c1d27b640e55,6,5\\n\""},
            {"encounters", FIELD_WHOLE, true, "How many rows it has.", "1"},
            {"other_scales", FIELD_WHOLE, true,
             "How many encounters are in no table, since a question had another scale when they were asked than it has today.",
             "0"},
            {"forms", FIELD_OBJECT, true, "How many forms were answered in each phase.",
             "{\"before\": 1, \"late\": 0, \"recalled\": 0, \"during\": 0, \"after\": 1}"},
            {.name = NULL},
        },
    .run = response_list_run,
};
