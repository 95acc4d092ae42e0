/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_grid.h"

#include <stdio.h>

#include "model/phrase.h"

#define GAP         10.0
#define ROW_PADDING 2.4 /* above and below a row */
#define RULE        0.6
#define RULE_INNER  0.4
#define CAPTION     9.5
#define WHOLE_MOST  230.0 /* a table no higher than this is not divided between pages */
#define ROWS_FIRST  3u    /* that many stand with the heads */
#define KEYS_MOST   0.6   /* of the width */
#define NARROW      40.0  /* a column is not made narrower than this */

enum status pdf_grid_create(struct ctx *ctx, uint32_t columns, uint32_t rows, struct pdf_grid *out)
{
    *out = (struct pdf_grid){.column_count = columns};
    out->columns = arena_array(ctx->arena, columns + 1u, sizeof *out->columns);
    out->cells = arena_array(ctx->arena, (rows + 1u) * (size_t)columns + 1u, sizeof *out->cells);
    return out->columns && out->cells ? STATUS_OK : ctx_no_memory(ctx);
}

struct pdf_cell *pdf_grid_cell(const struct pdf_grid *grid, uint32_t row, uint32_t column)
{
    return &grid->cells[(size_t)row * grid->column_count + column];
}

static enum status cell_set(struct ctx *ctx, struct pdf_type *type, const struct pdf_words *words, struct pdf_cell *cell)
{
    enum status status = pdf_type_set(ctx, type, words, &cell->layout);
    if (status)
        return status;
    cell->above = cell->layout->lines[0].baseline;
    cell->height = cell->layout->height;
    return STATUS_OK;
}

/* Sets every cell on one line, and finds how wide its column would like to be. */
static enum status grid_measure(struct ctx *ctx, struct pdf_type *type, struct pdf_grid *grid)
{
    enum status status = STATUS_OK;
    for (uint32_t c = 0; c < grid->column_count; c++) {
        double natural = 0;
        for (uint32_t r = 0; r <= grid->row_count && !status; r++) {
            struct pdf_cell *cell = pdf_grid_cell(grid, r, c);
            cell->words.text = cell->words.text ? cell->words.text : "";
            status = cell_set(ctx, type, &cell->words, cell);
            cell->natural = status ? 0 : cell->layout->width;
            natural = cell->natural > natural ? cell->natural : natural;
        }
        grid->columns[c].natural = grid->columns[c].least = natural;
    }
    return status;
}

/* The least width of each column: figures stay whole, words may stand below each other. */
static enum status grid_measure_least(struct ctx *ctx, struct pdf_type *type, struct pdf_grid *grid)
{
    enum status status = STATUS_OK;
    for (uint32_t c = 0; c < grid->column_count; c++) {
        double most = NARROW < grid->columns[c].natural ? 0 : grid->columns[c].natural;
        for (uint32_t r = 0; r <= grid->row_count && !status && most < grid->columns[c].natural; r++) {
            const struct pdf_cell *cell = pdf_grid_cell(grid, r, c);
            double least = cell->natural;
            if (!cell->words.number && cell->natural > most && cell->natural > NARROW)
                status = pdf_type_least(ctx, type, &cell->words, &least);
            most = least > most ? least : most;
        }
        /* A column of long words shall not push all others out; the words are divided. */
        bool endless = most > PDF_WIDTH / 3 && !grid->columns[c].number;
        grid->columns[c].least = endless ? PDF_WIDTH / 3 : most;
    }
    return status;
}

/* Gives the columns of a panel, and the keys, widths that fill no more than the room. */
static void panel_fit(struct pdf_grid *grid, double room, double gap, const uint32_t *panels, uint32_t panel)
{
    double natural = -gap, least = -gap, most = room / 2;
    uint32_t count = 0;
    for (uint32_t c = 0; c < grid->column_count; c++) {
        const struct pdf_column *column = &grid->columns[c];
        if (c >= grid->key_count && panels[c] != panel)
            continue;
        natural += (column->natural < most || column->least > most ? column->natural : most) + gap;
        least += column->least + gap;
        count++;
    }
    double share = natural <= room ? 1 : natural > least ? (room - least) / (natural - least) : 0;
    share = share < 0 ? 0 : share;
    double spare = natural <= room && natural > 0.6 * room ? (room - natural) / count : 0;
    for (uint32_t c = 0; c < grid->column_count; c++) {
        struct pdf_column *column = &grid->columns[c];
        if (c >= grid->key_count && panels[c] != panel)
            continue;
        double wanted = column->natural < most || column->least > most ? column->natural : most;
        column->width = column->least + (wanted - column->least) * share + spare;
    }
}

void pdf_grid_fit(struct pdf_grid *grid, double room, double gap, uint32_t *panels, uint32_t *count)
{
    double keys = 0, used = 0;
    for (uint32_t c = 0; c < grid->key_count; c++)
        keys += grid->columns[c].least;
    double crowded = keys > KEYS_MOST * room ? KEYS_MOST * room / keys : 1;
    for (uint32_t c = 0; c < grid->key_count; c++)
        grid->columns[c].least *= crowded;
    keys = keys * crowded + gap * grid->key_count;
    *count = 1;
    used = keys;
    for (uint32_t c = grid->key_count; c < grid->column_count; c++) {
        double wanted = grid->columns[c].least;
        if (used > keys && used + wanted > room) {
            ++*count;
            used = keys;
        }
        used += wanted + gap;
        panels[c] = *count - 1;
    }
}

static bool cell_in_panel(const struct pdf_grid *grid, const uint32_t *panels, uint32_t panel, uint32_t c)
{
    return c < grid->key_count || panels[c] == panel;
}

/* Sets those cells of a panel again that are wider than their column. */
static enum status cells_set(struct ctx *ctx, struct pdf_type *type, struct pdf_grid *grid, const uint32_t *panels,
                             uint32_t panel)
{
    enum status status = STATUS_OK;
    for (uint32_t r = 0; r <= grid->row_count; r++) {
        for (uint32_t c = 0; c < grid->column_count && !status; c++) {
            struct pdf_cell *cell = pdf_grid_cell(grid, r, c);
            if (!cell_in_panel(grid, panels, panel, c) || cell->natural <= grid->columns[c].width + 0.01)
                continue;
            struct pdf_words words = cell->words;
            words.width = grid->columns[c].width;
            words.far = grid->columns[c].number;
            words.lines_most = 12;
            status = cell_set(ctx, type, &words, cell);
        }
    }
    return status;
}

/* What a panel is placed with. */
struct panel {
    struct pdf_flow *flow;
    struct pdf_grid *grid;
    const uint32_t *panels;
    uint32_t number;
    double width; /* of the rules */
};

static double row_height(const struct panel *panel, uint32_t row, double *baseline)
{
    double above = 0, below = 0;
    for (uint32_t c = 0; c < panel->grid->column_count; c++) {
        const struct pdf_cell *cell = pdf_grid_cell(panel->grid, row, c);
        if (!cell_in_panel(panel->grid, panel->panels, panel->number, c))
            continue;
        double rest = cell->height - cell->above;
        above = cell->above > above ? cell->above : above;
        below = rest > below ? rest : below;
    }
    *baseline = above;
    return above + below + 2 * ROW_PADDING;
}

static enum status rule_add(struct ctx *ctx, const struct panel *panel, double height)
{
    struct pdf_sheet *sheet = &panel->flow->sheet;
    const struct pdf_mark rule = {.kind = PDF_MARK_BOX,
                                  .x = pdf_sheet_x(sheet, 0, panel->width),
                                  .y = sheet->y,
                                  .width = panel->width,
                                  .height = height,
                                  .tone = PDF_INK};
    enum status status = pdf_mark_add(ctx, sheet, rule);
    sheet->y += height;
    return status;
}

/* A row at sheet->y: its cells stand on one base line, figures at the far edge of their column.
 * takes   tagged  false: heads that stand there again, which are not read twice */
static enum status row_place(struct ctx *ctx, const struct panel *panel, uint32_t row, bool tagged)
{
    struct pdf_sheet *sheet = &panel->flow->sheet;
    double baseline = 0, offset = 0, top = sheet->y, height = row_height(panel, row, &baseline);
    enum status status = tagged ? pdf_tag_open(ctx, sheet, "TR") : STATUS_OK;
    for (uint32_t c = 0; c < panel->grid->column_count && !status; c++) {
        const struct pdf_column *column = &panel->grid->columns[c];
        const struct pdf_cell *cell = pdf_grid_cell(panel->grid, row, c);
        if (!cell_in_panel(panel->grid, panel->panels, panel->number, c))
            continue;
        bool wrapped = cell->natural > column->width + 0.01;
        double width = wrapped ? column->width : cell->natural;
        struct pdf_placing placing = {.layout = cell->layout,
                                      .offset = offset + (column->number ? column->width - width : 0),
                                      .width = width,
                                      .tone = cell->words.tone,
                                      .tag = !tagged      ? NULL
                                             : cell->head ? "TH"
                                                          : "TD"};
        sheet->y = top + ROW_PADDING + baseline - cell->above;
        status = pdf_sheet_put(ctx, sheet, &placing);
        offset += column->width + GAP;
    }
    sheet->y = top + height;
    return status || !tagged ? status : pdf_tag_close(ctx, sheet, "TR");
}

static enum status heads_place(struct ctx *ctx, const struct panel *panel, bool tagged)
{
    enum status status = rule_add(ctx, panel, RULE);
    if (!status)
        status = row_place(ctx, panel, 0, tagged);
    if (!status)
        status = rule_add(ctx, panel, RULE_INNER);
    panel->flow->sheet.y += 1;
    return status;
}

/* The heads are repeated on every page; the last row never stands alone. */
static enum status rows_place(struct ctx *ctx, const struct panel *panel)
{
    struct pdf_sheet *sheet = &panel->flow->sheet;
    double baseline = 0;
    enum status status = heads_place(ctx, panel, true);
    for (uint32_t r = 1; r <= panel->grid->row_count && !status; r++) {
        uint32_t pages = sheet->pages;
        double height = row_height(panel, r, &baseline);
        if (r + 1 == panel->grid->row_count && r > 1)
            height += row_height(panel, r + 1, &baseline) + panel->grid->tail;
        else if (r == panel->grid->row_count)
            height += panel->grid->tail;
        status = pdf_sheet_need(ctx, sheet, height + RULE);
        if (!status && sheet->pages != pages)
            status = heads_place(ctx, panel, false);
        if (!status)
            status = row_place(ctx, panel, r, true);
    }
    return status ? status : rule_add(ctx, panel, RULE);
}

/* "Gap per dimension (2 of 3)". */
static enum status caption_set(struct ctx *ctx, const struct panel *panel, uint32_t panel_count, struct pdf_layout **out)
{
    char number[16], all[16];
    const char *part = "", *caption = panel->grid->caption;
    (void)snprintf(number, sizeof number, "%u", panel->number + 1);
    (void)snprintf(all, sizeof all, "%u", panel_count);
    const struct phrase_word words[] = {{"n", number}, {"all", all}, {NULL, NULL}};
    enum status status = panel_count > 1 ? phrase_make(ctx, panel->grid->language, "page.form.count", words, &part) : STATUS_OK;
    if (!status && panel_count > 1)
        caption = arena_format(ctx->arena, "%s (%s)", caption, part);
    if (!status && !caption)
        status = ctx_no_memory(ctx);
    const struct pdf_words set = {.text = caption, .bold = true, .size = CAPTION, .width = PDF_WIDTH};
    return status ? status : pdf_type_set(ctx, panel->flow->sheet.type, &set, out);
}

static enum status panel_place(struct ctx *ctx, const struct panel *panel, uint32_t panel_count)
{
    struct pdf_sheet *sheet = &panel->flow->sheet;
    struct pdf_placing caption = {.width = PDF_WIDTH, .tag = "Caption"};
    double baseline = 0, height = 0, first = 0;
    enum status status = panel->grid->caption_shown ? caption_set(ctx, panel, panel_count, &caption.layout) : STATUS_OK;
    if (status)
        return status;
    height = caption.layout ? caption.layout->height + 4 : 0;
    for (uint32_t r = 0; r <= panel->grid->row_count; r++) {
        height += row_height(panel, r, &baseline);
        first = r <= ROWS_FIRST ? height : first;
    }
    height += panel->grid->tail;
    status = pdf_flow_begin(ctx, panel->flow, PDF_MARGIN, (height <= WHOLE_MOST ? height : first) + 4);
    if (!status)
        status = pdf_tag_open(ctx, sheet, "Table");
    if (!status && caption.layout)
        status = pdf_sheet_put(ctx, sheet, &caption);
    sheet->y += caption.layout ? 4 : 0;
    if (!status)
        status = rows_place(ctx, panel);
    sheet->after = PDF_MARGIN;
    return status ? status : pdf_tag_close(ctx, sheet, "Table");
}

enum status pdf_grid_place(struct ctx *ctx, struct pdf_flow *flow, struct pdf_grid *grid)
{
    uint32_t panel_count = 1;
    uint32_t *panels = arena_array(ctx->arena, grid->column_count + 1u, sizeof *panels);
    if (!panels)
        return ctx_no_memory(ctx);
    enum status status = grid_measure(ctx, flow->sheet.type, grid);
    double natural = -GAP;
    for (uint32_t c = 0; c < grid->column_count; c++)
        natural += grid->columns[c].natural + GAP;
    if (!status && natural > PDF_WIDTH) {
        status = grid_measure_least(ctx, flow->sheet.type, grid);
        pdf_grid_fit(grid, PDF_WIDTH, GAP, panels, &panel_count);
    }
    for (uint32_t p = 0; p < panel_count && !status; p++) {
        struct panel panel = {.flow = flow, .grid = grid, .panels = panels, .number = p, .width = -GAP};
        panel_fit(grid, PDF_WIDTH, GAP, panels, p);
        for (uint32_t c = 0; c < grid->column_count; c++)
            panel.width += cell_in_panel(grid, panels, p, c) ? grid->columns[c].width + GAP : 0;
        status = cells_set(ctx, flow->sheet.type, grid, panels, p);
        if (!status)
            status = panel_place(ctx, &panel, panel_count);
    }
    return status;
}
