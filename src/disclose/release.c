/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disclose/release.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "disclose/lattice.h"
#include "model/measure.h"
#include "model/released_table_seal.h"

#define SHARE_FLOOR 10u

/* The request while it passes the gate. */
struct gate {
    const struct table *const *tables;
    uint32_t count;
    struct release_rule rule;
    struct lattice *lattice;
    uint32_t **nodes;      /* [table][row]: node of the row's group */
    uint32_t ***groups;    /* [table][row]: nodes of the groups that a comparison looked at, NULL for other rows */
    uint32_t **cell_nodes; /* [crossing][cell] */
    uint64_t *group_sizes; /* [node] */
    bool *group_hidden;    /* [node] */
    uint64_t *sizes;       /* [node] scratch: support of one line */
    bool *hidden;          /* [node] scratch */
};

/* Shares of fewer than ten people say too much about each of them. A floor of 1 is the user's own word that nothing is to
 * be hidden. */
static uint32_t share_floor(uint32_t floor)
{
    if (floor == 1)
        return 1;
    return floor > SHARE_FLOOR ? floor : SHARE_FLOOR;
}

static enum status row_place(struct ctx *ctx, struct gate *gate, uint32_t t, uint32_t r)
{
    const struct table *table = gate->tables[t];
    struct coordinate at[BY_SET_SEGMENTS_MAX];
    for (uint32_t i = 0; i < table->by_count; i++)
        at[i] = (struct coordinate){.segment = table->by[i], .value = table->rows[r].by[i]};
    return lattice_add(ctx, gate->lattice, at, table->by_count, &gate->nodes[t][r]);
}

/* Places the groups that a comparison looked at. */
static enum status groups_place(struct ctx *ctx, struct gate *gate, const struct row_groups *groups, uint32_t **out)
{
    uint32_t *nodes = *out = arena_array(ctx->arena, groups->group_count + 1u, sizeof *nodes);
    enum status status = nodes ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t g = 0; g < groups->group_count && groups->segment_count && !status; g++) {
        struct coordinate at[BY_SET_SEGMENTS_MAX];
        for (uint32_t i = 0; i < groups->segment_count; i++)
            at[i] = (struct coordinate){.segment = groups->segments[i], .value = groups->by[g][i]};
        status = lattice_add(ctx, gate->lattice, at, groups->segment_count, &nodes[g]);
    }
    return status;
}

/* The first row before `row` with the same groups: the one above it in tables that go line by line, one of the first in those
 * that go group by group.
 * gives   row when there is none */
static uint32_t groups_seen(const struct table *table, uint32_t row)
{
    const struct row_groups *groups = table->rows[row].groups;
    if (row > 0 && table->rows[row - 1].groups == groups)
        return row - 1;
    uint32_t r = 0;
    while (r < row && table->rows[r].groups != groups)
        r++;
    return r;
}

static enum status table_place(struct ctx *ctx, struct gate *gate, uint32_t t)
{
    const struct table *table = gate->tables[t];
    gate->nodes[t] = arena_array(ctx->arena, table->row_count + 1u, sizeof **gate->nodes);
    gate->groups[t] = arena_array(ctx->arena, table->row_count + 1u, sizeof **gate->groups);
    if (!gate->nodes[t] || !gate->groups[t])
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        const struct row_groups *groups = table->rows[r].groups;
        if (table->by_count)
            status = row_place(ctx, gate, t, r);
        uint32_t same = groups ? groups_seen(table, r) : r;
        if (same < r)
            gate->groups[t][r] = gate->groups[t][same];
        else if (groups && !status)
            status = groups_place(ctx, gate, groups, &gate->groups[t][r]);
    }
    return status;
}

/* Links the segments of the request by the cells of their crossings. */
static enum status crossing_place(struct ctx *ctx, struct gate *gate, uint32_t which)
{
    const struct crossing *crossing = &gate->rule.crossings[which];
    uint32_t *nodes = gate->cell_nodes[which] = arena_array(ctx->arena, crossing->cell_count + 1u, sizeof *nodes);
    enum status status = nodes ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t c = 0; c < crossing->cell_count && !status; c++) {
        struct coordinate at[BY_SET_SEGMENTS_MAX];
        for (uint32_t i = 0; i < crossing->segment_count; i++)
            at[i] = (struct coordinate){.segment = crossing->segments[i], .value = crossing->cells[c].values[i]};
        status = lattice_add(ctx, gate->lattice, at, crossing->segment_count, &nodes[c]);
    }
    return status;
}

static enum status crossings_place(struct ctx *ctx, struct gate *gate)
{
    gate->cell_nodes = arena_array(ctx->arena, gate->rule.crossing_count + 1u, sizeof *gate->cell_nodes);
    enum status status = gate->cell_nodes ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t i = 0; i < gate->rule.crossing_count && !status; i++)
        status = crossing_place(ctx, gate, i);
    return status;
}

static enum status gate_open(struct ctx *ctx, struct gate *gate)
{
    enum status status = lattice_create(ctx, &gate->lattice);
    gate->nodes = arena_array(ctx->arena, gate->count + 1u, sizeof *gate->nodes);
    gate->groups = arena_array(ctx->arena, gate->count + 1u, sizeof *gate->groups);
    if (!status && (!gate->nodes || !gate->groups))
        status = ctx_no_memory(ctx);
    for (uint32_t t = 0; t < gate->count && !status; t++)
        status = table_place(ctx, gate, t);
    lattice_end_groups(gate->lattice);
    if (!status)
        status = crossings_place(ctx, gate);
    if (!status)
        status = lattice_link(ctx, gate->lattice);
    if (status)
        return status;
    uint32_t nodes = lattice_node_count(gate->lattice);
    gate->group_sizes = arena_array(ctx->arena, nodes, sizeof *gate->group_sizes);
    gate->group_hidden = arena_array(ctx->arena, nodes, sizeof *gate->group_hidden);
    gate->sizes = arena_array(ctx->arena, nodes, sizeof *gate->sizes);
    gate->hidden = arena_array(ctx->arena, nodes, sizeof *gate->hidden);
    if (!gate->group_sizes || !gate->group_hidden || !gate->sizes || !gate->hidden)
        return ctx_no_memory(ctx);
    return STATUS_OK;
}

/* What a row says of the size of its group, or of all groups it compares. */
static void row_size_take(struct gate *gate, uint32_t t, uint32_t r)
{
    const struct row *row = &gate->tables[t]->rows[r];
    const uint32_t *nodes = gate->groups[t][r];
    bool seen = nodes && groups_seen(gate->tables[t], r) < r;
    for (uint32_t g = 0; nodes && !seen && g < row->groups->group_count; g++)
        gate->group_sizes[nodes[g]] = row->groups->sizes[g];
    if (!row->groups && gate->tables[t]->by_count)
        gate->group_sizes[gate->nodes[t][r]] = row->group_size;
}

static enum status groups_hide(struct ctx *ctx, struct gate *gate)
{
    for (uint32_t i = 0; i < gate->rule.crossing_count; i++) {
        const struct crossing *crossing = &gate->rule.crossings[i];
        for (uint32_t c = 0; c < crossing->cell_count; c++)
            gate->group_sizes[gate->cell_nodes[i][c]] = crossing->cells[c].respondents;
    }
    for (uint32_t t = 0; t < gate->count; t++) {
        const struct table *table = gate->tables[t];
        for (uint32_t r = 0; r < table->row_count; r++)
            row_size_take(gate, t, r);
    }
    gate->group_sizes[0] = gate->rule.respondents;
    lattice_fill_margins(gate->lattice, gate->group_sizes);
    for (uint32_t i = 1; i < lattice_node_count(gate->lattice); i++)
        gate->group_hidden[i] =
            gate->rule.floor > 1 && lattice_is_shown(gate->lattice, i) && gate->group_sizes[i] < gate->rule.floor;
    return lattice_protect(ctx, gate->lattice, gate->group_sizes, gate->group_hidden, gate->rule.floor);
}

/* A copy of the table whose cells may be blanked, so that what was computed stays as it was. */
static enum status table_copy(struct ctx *ctx, const struct table *from, struct table **out)
{
    struct table *copy = arena_alloc(ctx->arena, sizeof *copy);
    if (!copy)
        return ctx_no_memory(ctx);
    *copy = *from;
    copy->rows = arena_array(ctx->arena, from->row_count + 1u, sizeof *copy->rows);
    if (!copy->rows)
        return ctx_no_memory(ctx);
    for (uint32_t r = 0; r < from->row_count; r++) {
        copy->rows[r] = from->rows[r];
        copy->rows[r].values = arena_array(ctx->arena, from->column_count + 1u, sizeof(struct value));
        if (!copy->rows[r].values)
            return ctx_no_memory(ctx);
        memcpy(copy->rows[r].values, from->rows[r].values, from->column_count * sizeof(struct value));
    }
    copy->row_capacity = from->row_count;
    *out = copy;
    return STATUS_OK;
}

/* A figure that the study did not ask for exists in no group, whoever answered. */
static bool value_is_absent(const struct value *value)
{
    return value->kind == VALUE_BLANK &&
           (value->reason == REASON_NOT_ASKED || value->reason == REASON_MIXED_SCALES || value->reason == REASON_ONE_ITEM);
}

/* Has the row no figure that could be hidden? Then it hides no other row either. */
static bool row_is_absent(const struct table *table, const struct row *row)
{
    for (uint32_t c = 0; c < table->column_count; c++) {
        if (table->measure->columns[c].kind != COLUMN_KEY && !value_is_absent(&row->values[c]))
            return false;
    }
    return row->support == 0;
}

static void row_hide(const struct table *table, struct row *row, bool shares_only)
{
    for (uint32_t c = 0; c < table->column_count; c++) {
        const struct column *column = &table->measure->columns[c];
        if (column->kind == COLUMN_KEY || value_is_absent(&row->values[c]) || (shares_only && !column->tells_share))
            continue;
        row->values[c] = value_blank(REASON_SUPPRESSED);
    }
}

/* A model of k parameters over hardly more people gives each of them away. */
static uint64_t table_floor(const struct table *table, uint32_t floor)
{
    return floor > 1 && table->needs_whole_model ? (uint64_t)floor + table->parameters : floor;
}

/* The support of one group in a line; too little of it hides the group there. */
static void support_take(struct gate *gate, uint32_t node, uint64_t support, uint64_t floor)
{
    gate->sizes[node] = support;
    if (node && floor > 1 && support < floor)
        gate->hidden[node] = true;
}

/* What a row says of its line: of a comparison, for all groups whether its figures rest on them or not, so that the same ones are
 * hidden here as in the tables that show each group by itself. */
static void row_support_take(struct gate *gate, uint32_t t, uint32_t r, uint64_t floor)
{
    const struct row *row = &gate->tables[t]->rows[r];
    const uint32_t *nodes = gate->groups[t][r];
    if (!row->groups) {
        support_take(gate, gate->tables[t]->by_count ? gate->nodes[t][r] : 0, row->support, floor);
        return;
    }
    for (uint32_t g = 0; g < row->groups->group_count; g++)
        support_take(gate, nodes[g], row->groups->supports[g], floor);
    gate->sizes[0] = row->groups->everyone;
}

/* Does a figure of the row tell of a group that is hidden in its line? */
static bool row_is_hidden(const struct gate *gate, uint32_t t, uint32_t r)
{
    const struct row *row = &gate->tables[t]->rows[r];
    if (gate->tables[t]->by_count && gate->hidden[gate->nodes[t][r]])
        return true;
    bool hidden = false;
    for (uint32_t i = 0; i < row->rests_on_count && !hidden; i++)
        hidden = gate->hidden[gate->groups[t][r][row->rests_on[i]]];
    return hidden;
}

/* The support of one line in all tables of one measure, and what is hidden of it. */
static enum status line_protect(struct ctx *ctx, struct gate *gate, const struct measure *measure, uint32_t line, uint32_t floor)
{
    uint32_t nodes = lattice_node_count(gate->lattice);
    for (uint32_t i = 0; i < nodes; i++)
        gate->sizes[i] = i ? gate->group_sizes[i] : 0; /* of groups that no table of the measure tells of */
    memcpy(gate->hidden, gate->group_hidden, nodes * sizeof *gate->hidden);
    for (uint32_t t = 0; t < gate->count; t++) {
        const struct table *table = gate->tables[t];
        const struct row_groups *taken = NULL;
        for (uint32_t r = 0; r < table->row_count && table->measure == measure; r++) {
            const struct row *row = &table->rows[r];
            if (row->line != line || (taken && row->groups == taken) || row_is_absent(table, row))
                continue;
            taken = row->groups;
            row_support_take(gate, t, r, table_floor(table, floor));
        }
    }
    lattice_fill_margins(gate->lattice, gate->sizes);
    return lattice_protect(ctx, gate->lattice, gate->sizes, gate->hidden, floor);
}

/* Blanks what line_protect found, in all tables of the measure. */
static void line_hide(struct gate *gate, struct table **copies, const struct measure *measure, uint32_t line, bool shares_only)
{
    for (uint32_t t = 0; t < gate->count; t++) {
        struct table *table = copies[t];
        for (uint32_t r = 0; r < table->row_count && table->measure == measure; r++) {
            if (table->rows[r].line == line && row_is_hidden(gate, t, r))
                row_hide(table, &table->rows[r], shares_only);
        }
    }
}

static uint32_t measure_lines(const struct gate *gate, const struct measure *measure)
{
    uint32_t lines = 0;
    for (uint32_t t = 0; t < gate->count; t++) {
        const struct table *table = gate->tables[t];
        for (uint32_t r = 0; r < table->row_count && table->measure == measure; r++) {
            if (table->rows[r].line >= lines)
                lines = table->rows[r].line + 1;
        }
    }
    return lines;
}

static bool measure_seen_before(const struct gate *gate, uint32_t t)
{
    for (uint32_t i = 0; i < t; i++) {
        if (gate->tables[i]->measure == gate->tables[t]->measure)
            return true;
    }
    return false;
}

static enum status measure_hide(struct ctx *ctx, struct gate *gate, struct table **copies, const struct measure *measure)
{
    uint32_t lines = measure_lines(gate, measure);
    enum status status = STATUS_OK;
    for (uint32_t line = 0; line < lines && !status; line++) {
        status = line_protect(ctx, gate, measure, line, share_floor(gate->rule.floor));
        if (status)
            break;
        line_hide(gate, copies, measure, line, true);
        status = line_protect(ctx, gate, measure, line, gate->rule.floor);
        if (!status)
            line_hide(gate, copies, measure, line, false);
    }
    return status;
}

/* Rows of everyone, where the server floors them, and those that tell parts of everyone apart wherever they are shown. */
static void totals_hide(const struct gate *gate, struct table *table)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if ((gate->rule.floor_totals || row->parted) && row->support < gate->rule.floor)
            row_hide(table, &table->rows[r], false);
    }
}

/* Rows of words go, and leave no trace, where fewer people wrote than shares need, or fewer than the floor used the word. */
static void words_drop(const struct gate *gate, struct table *table)
{
    uint32_t kept = 0, people = share_floor(gate->rule.floor);
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (table->rows[r].group_size >= people && table->rows[r].support >= gate->rule.floor)
            table->rows[kept++] = table->rows[r];
    }
    table->row_count = kept;
    table->note_count = kept ? table->note_count : 0;
}

/* Groups of the table, and how many of them are hidden whole. */
static void groups_count(const struct gate *gate, uint32_t t, uint32_t *groups, uint32_t *hidden)
{
    const struct table *table = gate->tables[t];
    *groups = 0;
    *hidden = 0;
    for (uint32_t r = 0; r < table->row_count && table->by_count; r++) {
        if (r > 0 && table->rows[r].group == table->rows[r - 1].group)
            continue;
        ++*groups;
        if (gate->group_hidden[gate->nodes[t][r]])
            ++*hidden;
    }
}

static enum status tables_seal(struct ctx *ctx, const struct gate *gate, struct table **copies,
                               const struct released_table **released)
{
    enum status status = STATUS_OK;
    for (uint32_t t = 0; t < gate->count && !status; t++) {
        uint32_t groups = 0, hidden = 0;
        groups_count(gate, t, &groups, &hidden);
        status = released_table_seal(ctx, copies[t], groups, hidden, gate->rule.floor, &released[t]);
    }
    return status;
}

enum status tables_release(struct ctx *ctx, const struct table *const *tables, uint32_t count, struct release_rule rule,
                           const struct released_table *const **out)
{
    assert(rule.floor >= 1);
    struct gate gate = {.tables = tables, .count = count, .rule = rule};
    enum status status = gate_open(ctx, &gate);
    if (status)
        return status;
    status = groups_hide(ctx, &gate);
    struct table **copies = arena_array(ctx->arena, count + 1u, sizeof *copies);
    const struct released_table **released = arena_array(ctx->arena, count + 1u, sizeof *released);
    if (!copies || !released)
        return ctx_no_memory(ctx);
    for (uint32_t t = 0; t < count && !status; t++)
        status = table_copy(ctx, tables[t], &copies[t]);
    for (uint32_t t = 0; t < count && !status; t++) {
        if (!measure_seen_before(&gate, t))
            status = measure_hide(ctx, &gate, copies, tables[t]->measure);
        if (!tables[t]->by_count)
            totals_hide(&gate, copies[t]);
        if (tables[t]->measure->words)
            words_drop(&gate, copies[t]);
    }
    if (!status)
        status = tables_seal(ctx, &gate, copies, released);
    *out = released;
    return status;
}

/* Takes off what one line hides. */
static void line_take(const struct gate *gate, uint32_t line, bool **shown)
{
    for (uint32_t t = 0; t < gate->count; t++) {
        for (uint32_t r = 0; shown[t] && r < gate->tables[t]->row_count; r++) {
            if (gate->tables[t]->rows[r].line == line && row_is_hidden(gate, t, r))
                shown[t][r] = false;
        }
    }
}

/* Room for what is shown: everything so far.
 * gives   [table][row]; NULL for a table without segments */
static enum status shown_make(struct ctx *ctx, const struct gate *gate, bool ***out)
{
    bool **shown = *out = arena_array(ctx->arena, gate->count + 1u, sizeof *shown);
    if (!shown)
        return ctx_no_memory(ctx);
    for (uint32_t t = 0; t < gate->count; t++) {
        if (!gate->tables[t]->by_count)
            continue;
        shown[t] = arena_array(ctx->arena, gate->tables[t]->row_count + 1u, sizeof *shown[t]);
        if (!shown[t])
            return ctx_no_memory(ctx);
        memset(shown[t], true, gate->tables[t]->row_count * sizeof *shown[t]);
    }
    return STATUS_OK;
}

enum status lines_release(struct ctx *ctx, const struct table *const *tables, uint32_t count, struct release_rule rule,
                          bool shares, const bool ***shown)
{
    assert(rule.floor >= 1 && count >= 1);
    struct gate gate = {.tables = tables, .count = count, .rule = rule};
    bool **all = NULL;
    enum status status = gate_open(ctx, &gate);
    if (!status)
        status = groups_hide(ctx, &gate);
    if (!status)
        status = shown_make(ctx, &gate, &all);
    uint32_t lines = measure_lines(&gate, tables[0]->measure);
    for (uint32_t line = 0; line < lines && !status; line++) {
        status = line_protect(ctx, &gate, tables[0]->measure, line, rule.floor);
        if (status)
            break;
        line_take(&gate, line, all);
        if (!shares)
            continue;
        status = line_protect(ctx, &gate, tables[0]->measure, line, share_floor(rule.floor));
        if (!status)
            line_take(&gate, line, all);
    }
    const bool **out = arena_array(ctx->arena, count + 1u, sizeof *out);
    if (!out)
        return ctx_no_memory(ctx);
    for (uint32_t t = 0; t < count && !status; t++)
        out[t] = all[t];
    *shown = out;
    return status;
}

enum status groups_release(struct ctx *ctx, const struct table *const *tables, uint32_t count, struct release_rule rule,
                           const bool ***shown)
{
    assert(rule.floor >= 1);
    struct gate gate = {.tables = tables, .count = count, .rule = rule};
    const bool **all = arena_array(ctx->arena, count + 1u, sizeof *all);
    enum status status = all ? gate_open(ctx, &gate) : ctx_no_memory(ctx);
    if (!status)
        status = groups_hide(ctx, &gate);
    for (uint32_t t = 0; t < count && !status; t++) {
        if (!tables[t]->by_count)
            continue;
        bool *own = arena_array(ctx->arena, tables[t]->row_count + 1u, sizeof *own);
        if (!own)
            return ctx_no_memory(ctx);
        for (uint32_t r = 0; r < tables[t]->row_count; r++)
            own[r] = !gate.group_hidden[gate.nodes[t][r]];
        all[t] = own;
    }
    *shown = all;
    return status;
}
