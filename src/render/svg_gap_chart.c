/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/svg_gap_chart.h"

#include <math.h>
#include <stdio.h>

#include "model/shown.h"

/* Where things stand, in pixels of the viewBox. */
struct chart_frame {
    double width;
    double label_left;
    size_t label_letters;
    unsigned label_lines;
    double scale_left, scale_right; /* expectation and perception */
    double gap_left, gap_right;     /* the interval's picture */
    double number_right, interval_right, verdict_left;
    double top, row_height;
    double plot_drop; /* from the top of a row to its dots */
    double text_drop; /* from the top of a row to the line of its numbers */
};

static const struct chart_frame wide_layout = {.width = 768,
                                               .label_letters = 35,
                                               .label_lines = 2,
                                               .scale_left = 256,
                                               .scale_right = 418,
                                               .gap_left = 436,
                                               .gap_right = 530,
                                               .number_right = 578,
                                               .interval_right = 692,
                                               .verdict_left = 702,
                                               .top = 46,
                                               .row_height = 38,
                                               .plot_drop = 19,
                                               .text_drop = 23};
static const struct chart_frame narrow_layout = {.width = 360,
                                                 .label_letters = 46,
                                                 .label_lines = 2,
                                                 .scale_left = 10,
                                                 .scale_right = 180,
                                                 .gap_left = 206,
                                                 .gap_right = 350,
                                                 .number_right = 48,
                                                 .interval_right = 162,
                                                 .verdict_left = 172,
                                                 .top = 46,
                                                 .row_height = 82,
                                                 .plot_drop = 70,
                                                 .text_drop = 50};

struct drawing {
    struct markup *m;
    const struct gap_chart *chart;
    const struct chart_frame *layout;
    bool narrow;
};

static double scale_x(const struct drawing *drawing, double value)
{
    const struct chart_frame *layout = drawing->layout;
    double share = (value - drawing->chart->least) / (drawing->chart->most - drawing->chart->least);
    return layout->scale_left + share * (layout->scale_right - layout->scale_left);
}

static double gap_x(const struct drawing *drawing, double gap)
{
    const struct chart_frame *layout = drawing->layout;
    double share = (gap / drawing->chart->reach + 1) / 2;
    return layout->gap_left + share * (layout->gap_right - layout->gap_left);
}

static void line_draw(struct markup *m, const char *class, double x1, double y1, double x2, double y2)
{
    markup_open(m, "line");
    markup_attribute(m, "class", class);
    markup_number(m, "x1", x1);
    markup_number(m, "y1", y1);
    markup_number(m, "x2", x2);
    markup_number(m, "y2", y2);
    markup_close(m, "line");
}

static void text_begin(struct markup *m, const char *class, double x, double y)
{
    markup_open(m, "text");
    markup_attribute(m, "class", class);
    markup_number(m, "x", x);
    markup_number(m, "y", y);
}

static void dot_draw(struct markup *m, const char *kind, const char *verdict, double x, double y)
{
    markup_open(m, "circle");
    markup_attribute_format(m, "class", "%s %s", kind, verdict);
    markup_number(m, "cx", x);
    markup_number(m, "cy", y);
    markup_number(m, "r", 5);
    markup_close(m, "circle");
}

static double bottom_y(const struct drawing *drawing)
{
    return drawing->layout->top + drawing->chart->row_count * drawing->layout->row_height;
}

static void tick_draw(const struct drawing *drawing, const char *class, double x, const char *number)
{
    double top = drawing->layout->top - 6;
    line_draw(drawing->m, class, x, top, x, drawing->narrow ? top + 5 : bottom_y(drawing));
    text_begin(drawing->m, "tick middle", x, top - 6);
    markup_text(drawing->m, number);
    markup_close(drawing->m, "text");
}

static void ticks_draw(const struct drawing *drawing)
{
    const struct gap_chart *chart = drawing->chart;
    bool short_numbers = chart->least >= 0 && chart->most < 100;
    double step = tick_step(chart->least, chart->most, short_numbers ? 11 : 6);
    if (chart->most - chart->least >= 3)
        step = fmax(step, 1); /* halves of a rating scale say nothing and crowd the axis */
    for (unsigned i = 0; chart->least + i * step <= chart->most + step / 1e6; i++) {
        char number[64];
        double at = round((chart->least + i * step) * 1e6) / 1e6;
        unsigned digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
        shown_number(at, digits, true, number, sizeof number);
        tick_draw(drawing, "grid", scale_x(drawing, at), number);
    }
    tick_draw(drawing, "zero", gap_x(drawing, 0), "0");
}

/* Where the label stands above its row, lines from top to bottom would cross the words: each row has its own axes. */
static void axes_draw(const struct drawing *drawing, double y)
{
    const struct chart_frame *layout = drawing->layout;
    line_draw(drawing->m, "grid", layout->scale_left, y, layout->scale_right, y);
    line_draw(drawing->m, "grid", layout->gap_left, y, layout->gap_right, y);
    line_draw(drawing->m, "zero", gap_x(drawing, 0), y - 7, gap_x(drawing, 0), y + 7);
}

static void heads_draw(const struct drawing *drawing)
{
    const struct chart_frame *layout = drawing->layout;
    text_begin(drawing->m, "head middle", (layout->scale_left + layout->scale_right) / 2, 12);
    markup_text(drawing->m, drawing->chart->means_head);
    markup_close(drawing->m, "text");
    text_begin(drawing->m, "head middle", gap_x(drawing, 0), 12);
    markup_text(drawing->m, drawing->chart->gap_head);
    markup_close(drawing->m, "text");
}

static void label_draw(const struct drawing *drawing, const struct chart_row *row, double y)
{
    const struct chart_frame *layout = drawing->layout;
    struct span rest = span_of(row->label);
    for (unsigned i = 0; i < layout->label_lines && rest.length; i++) {
        bool last = i + 1 == layout->label_lines;
        size_t letters = last ? layout->label_letters - 1 : layout->label_letters;
        struct span line = label_line(&rest, letters);
        bool only = i == 0 && !rest.length;
        double drop = (drawing->narrow ? 14 : 16) + 15.0 * i + (only ? (drawing->narrow ? 16 : 7) : 0);
        text_begin(drawing->m, "label", layout->label_left, y + drop);
        markup_text_span(drawing->m, line);
        if (last && rest.length)
            markup_text(drawing->m, "…");
        markup_close(drawing->m, "text");
    }
}

static void means_draw(const struct drawing *drawing, const struct chart_row *row, double y)
{
    double from = scale_x(drawing, row->from), to = scale_x(drawing, row->to);
    char class[64];
    if (drawing->chart->zone) {
        markup_open(drawing->m, "rect");
        markup_attribute(drawing->m, "class", "band");
        markup_number(drawing->m, "x", fmin(from, to));
        markup_number(drawing->m, "y", y - 7);
        markup_number(drawing->m, "width", fmax(fabs(to - from), 1));
        markup_number(drawing->m, "height", 14);
        markup_close(drawing->m, "rect");
    } else {
        (void)snprintf(class, sizeof class, "stem %s", row->verdict);
        line_draw(drawing->m, class, from, y, to, y);
        dot_draw(drawing->m, "expected", row->verdict, from, y);
    }
    dot_draw(drawing->m, "got", row->verdict, scale_x(drawing, row->got), y);
}

static void interval_draw(const struct drawing *drawing, const struct chart_row *row, double y)
{
    char class[64];
    if (row->has_interval) {
        (void)snprintf(class, sizeof class, "interval %s", row->verdict);
        line_draw(drawing->m, class, gap_x(drawing, row->low), y, gap_x(drawing, row->high), y);
    }
    if (row->drawn)
        dot_draw(drawing->m, "mark", row->verdict, gap_x(drawing, row->gap), y);
}

static void cell_draw(const struct drawing *drawing, const char *class, double x, double y, const char *text)
{
    text_begin(drawing->m, class, x, y);
    markup_text(drawing->m, text);
    markup_close(drawing->m, "text");
}

/* The gap, its interval and its verdict in words, in three columns of their own. A blank says why, across them. */
static void number_draw(const struct drawing *drawing, const struct chart_row *row, double y)
{
    const struct chart_frame *layout = drawing->layout;
    char class[64];
    if (!*row->interval) {
        cell_draw(drawing, "number", drawing->narrow ? 0 : layout->gap_right + 8, y, row->number);
        return;
    }
    (void)snprintf(class, sizeof class, "number end %s", row->verdict);
    cell_draw(drawing, class, layout->number_right, y, row->number);
    cell_draw(drawing, "number end soft", layout->interval_right, y, row->interval);
    (void)snprintf(class, sizeof class, "verdict %s", row->verdict);
    cell_draw(drawing, class, layout->verdict_left, y, row->word);
}

static void row_draw(const struct drawing *drawing, uint32_t index)
{
    const struct chart_row *row = &drawing->chart->rows[index];
    double top = drawing->layout->top + index * drawing->layout->row_height;
    double y = top + drawing->layout->plot_drop;
    label_draw(drawing, row, top);
    if (drawing->narrow)
        axes_draw(drawing, y);
    if (row->drawn)
        means_draw(drawing, row, y);
    interval_draw(drawing, row, y);
    number_draw(drawing, row, top + drawing->layout->text_drop);
    markup_newline(drawing->m);
}

static void svg_open(const struct drawing *drawing, unsigned id)
{
    struct markup *m = drawing->m;
    markup_open(m, "svg");
    markup_attribute(m, "xmlns", "http://www.w3.org/2000/svg");
    markup_attribute(m, "class", drawing->narrow ? "chart narrow" : "chart wide");
    markup_attribute_format(m, "viewBox", "0 0 %.0f %.0f", drawing->layout->width, bottom_y(drawing) + 8);
    markup_attribute(m, "role", "img");
    markup_attribute_format(m, "aria-labelledby", "t%u%s d%u%s", id, drawing->narrow ? "n" : "", id, drawing->narrow ? "n" : "");
    markup_open(m, "title");
    markup_attribute_format(m, "id", "t%u%s", id, drawing->narrow ? "n" : "");
    markup_text(m, drawing->chart->title);
    markup_close(m, "title");
    markup_open(m, "desc");
    markup_attribute_format(m, "id", "d%u%s", id, drawing->narrow ? "n" : "");
    markup_text(m, drawing->chart->description);
    markup_close(m, "desc");
    markup_newline(m);
}

void svg_gap_chart_draw(struct markup *m, const struct gap_chart *chart, unsigned id, bool narrow)
{
    const struct drawing drawing = {m, chart, narrow ? &narrow_layout : &wide_layout, narrow};
    svg_open(&drawing, id);
    ticks_draw(&drawing);
    heads_draw(&drawing);
    markup_newline(m);
    for (uint32_t i = 0; i < chart->row_count; i++)
        row_draw(&drawing, i);
    markup_close(m, "svg");
    markup_newline(m);
}
