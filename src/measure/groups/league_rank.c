/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/groups/league_rank.h"

#include "measure/group_row.h"

enum status league_line_make(struct ctx *ctx, const struct measuring *measuring, uint32_t at, enum line_use use,
                             struct league_line *out)
{
    *out = (struct league_line){
        .measuring = measuring, .blank = REASON_TOO_FEW, .posterior_blank = REASON_TOO_FEW, .rank_blank = REASON_TOO_FEW};
    enum status status = line_means_find(ctx, measuring, at, use, &out->line);
    if (status)
        return status;
    size_t room = out->line->group_count + 1u;
    out->variances = arena_array(ctx->arena, room, sizeof *out->variances);
    out->shrunken = arena_array(ctx->arena, room, sizeof *out->shrunken);
    out->intervals = arena_array(ctx->arena, room, sizeof *out->intervals);
    out->ranks = arena_array(ctx->arena, room, sizeof *out->ranks);
    return out->variances && out->shrunken && out->intervals && out->ranks ? STATUS_OK : ctx_no_memory(ctx);
}

uint32_t league_place(const struct league_line *league, uint32_t group)
{
    for (uint32_t i = 0; i < league->line->used_count; i++) {
        if (league->line->used[i] == group)
            return i;
    }
    return UINT32_MAX;
}

void league_rank_fill(const struct league_line *league, uint32_t place, struct value *values)
{
    if (league->rank_blank) {
        values_blank(values, LEAGUE_RANK_COLUMNS, league->rank_blank);
        return;
    }
    const struct rank_range *range = &league->ranks[place];
    values[LEAGUE_RANK] = value_number(range->median);
    values[LEAGUE_RANK_LOW] = value_number(range->low);
    values[LEAGUE_RANK_HIGH] = value_number(range->high);
    values[LEAGUE_WORST] = value_number(range->low_fifth);
}

enum status league_row_add(struct ctx *ctx, const struct league_line *league, uint32_t group, struct table *table,
                           struct row **out, uint32_t *place)
{
    const struct line_means *line = league->line;
    enum status status = group_row_add(ctx, league->measuring, table, group, line->line, out);
    if (status)
        return status;
    *place = league_place(league, group);
    bool used = *place != UINT32_MAX;
    row_rest_on(*out, line, line->used, used ? line->used_count : 0);
    if (!used)
        (*out)->support = line->means[group].respondents;
    (*out)->values[0] = subject_key(league->measuring->pairs->study, &line->subject);
    return STATUS_OK;
}

enum status league_notes(struct ctx *ctx, const struct measuring *measuring, const struct league_line *leagues, uint32_t count,
                         struct table *table)
{
    const struct note_word draws[] = {note_count("draws", LEAGUE_DRAWS), {.name = NULL}};
    enum status status = table_add_note(ctx, table, "note.league.rank", draws);
    for (uint32_t i = 0; i < count && !status; i++) {
        const struct line_means *line = leagues[i].line;
        const struct note_word subject[] = {subject_word(measuring->pairs->study, &line->subject), {.name = NULL}};
        if (leagues[i].rank_blank == REASON_NO_RANKING)
            status = table_add_note(ctx, table, "note.league.no_ranking", subject);
        else if (leagues[i].rank_blank == REASON_TOO_FEW)
            status = table_add_note(ctx, table, "note.league.few", subject);
    }
    return status ? status : comparison_notes(ctx, measuring, table);
}
