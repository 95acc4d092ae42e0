/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_canvas.h"

#include "render/pdf_syntax.h"

#define UNKNOWN   0xFFFFFFFFu
#define ROUNDNESS 0.5522847498307936 /* (4/3)(√2 − 1): of a Bézier curve that is a quarter of a circle */

/* What a page begins with. */
static const struct pdf_ink first_ink = {.fill = UNKNOWN, .stroke = UNKNOWN, .width = -1};

enum status pdf_canvas_create(struct ctx *ctx, struct pdf_fonts *fonts, double height, struct pdf_canvas *out)
{
    *out = (struct pdf_canvas){.ctx = ctx, .fonts = fonts, .height = height, .scale = 1, .ink = first_ink};
    return out_open_memory(ctx, &out->out);
}

void pdf_canvas_clear(struct pdf_canvas *canvas)
{
    out_empty(canvas->out);
    canvas->ink = first_ink;
}

static void colour_write(struct out *out, uint32_t colour, const char *grey, const char *mixed)
{
    unsigned red = colour >> 16 & 255u, green = colour >> 8 & 255u, blue = colour & 255u;
    pdf_number_write(out, red / 255.0, 3);
    if (red == green && green == blue) {
        out_text(out, grey);
        return;
    }
    out_char(out, ' ');
    pdf_number_write(out, green / 255.0, 3);
    out_char(out, ' ');
    pdf_number_write(out, blue / 255.0, 3);
    out_text(out, mixed);
}

void pdf_fill_set(struct pdf_canvas *canvas, uint32_t colour)
{
    if (canvas->ink.fill == colour)
        return;
    canvas->ink.fill = colour;
    colour_write(canvas->out, colour, " g\n", " rg\n");
}

void pdf_stroke_set(struct pdf_canvas *canvas, uint32_t colour, double width, bool dashed)
{
    struct pdf_ink *ink = &canvas->ink;
    width *= canvas->scale;
    if (ink->stroke != colour)
        colour_write(canvas->out, colour, " G\n", " RG\n");
    if (ink->width < width || ink->width > width) {
        pdf_number_write(canvas->out, width, 3);
        out_text(canvas->out, " w\n");
    }
    if (dashed) {
        out_char(canvas->out, '[');
        pdf_number_write(canvas->out, 4 * canvas->scale, 3);
        out_char(canvas->out, ' ');
        pdf_number_write(canvas->out, 3 * canvas->scale, 3);
        out_text(canvas->out, "]0 d\n");
    } else if (ink->dashed) {
        out_text(canvas->out, "[]0 d\n");
    }
    ink->stroke = colour;
    ink->width = width;
    ink->dashed = dashed;
}

void pdf_place_write(struct pdf_canvas *canvas, struct point at)
{
    pdf_number_write(canvas->out, canvas->x + at.x * canvas->scale, 2);
    out_char(canvas->out, ' ');
    pdf_number_write(canvas->out, canvas->height - canvas->y - at.y * canvas->scale, 2);
    out_char(canvas->out, ' ');
}

void pdf_path_move(struct pdf_canvas *canvas, struct point at)
{
    pdf_place_write(canvas, at);
    out_text(canvas->out, "m\n");
}

void pdf_path_line(struct pdf_canvas *canvas, struct point to)
{
    pdf_place_write(canvas, to);
    out_text(canvas->out, "l\n");
}

void pdf_path_box(struct pdf_canvas *canvas, struct point left_top, struct point right_bottom)
{
    pdf_place_write(canvas, (struct point){left_top.x, right_bottom.y});
    pdf_number_write(canvas->out, (right_bottom.x - left_top.x) * canvas->scale, 3);
    out_char(canvas->out, ' ');
    pdf_number_write(canvas->out, (right_bottom.y - left_top.y) * canvas->scale, 3);
    out_text(canvas->out, " re\n");
}

void pdf_path_circle(struct pdf_canvas *canvas, struct point centre, double radius)
{
    /* The quarters: where each ends, and the direction in which it gets there. */
    static const double ends[4][2] = {{0, 1}, {-1, 0}, {0, -1}, {1, 0}};
    double x = 1, y = 0;
    pdf_path_move(canvas, (struct point){centre.x + radius, centre.y});
    for (unsigned i = 0; i < 4; i++) {
        double to_x = ends[i][0], to_y = ends[i][1];
        pdf_place_write(canvas,
                        (struct point){centre.x + radius * (x + ROUNDNESS * to_x), centre.y + radius * (y + ROUNDNESS * to_y)});
        pdf_place_write(canvas,
                        (struct point){centre.x + radius * (to_x + ROUNDNESS * x), centre.y + radius * (to_y + ROUNDNESS * y)});
        pdf_place_write(canvas, (struct point){centre.x + radius * to_x, centre.y + radius * to_y});
        out_text(canvas->out, "c\n");
        x = to_x;
        y = to_y;
    }
    out_text(canvas->out, "h\n");
}

void pdf_path_paint(struct pdf_canvas *canvas, const char *how)
{
    out_text(canvas->out, how);
    out_char(canvas->out, '\n');
}

void pdf_frame_begin(struct pdf_canvas *canvas, struct point left_top, struct point right_bottom, struct point at, double scale)
{
    canvas->kept = canvas->ink;
    out_text(canvas->out, "q 1 j\n");
    pdf_path_box(canvas, left_top, right_bottom);
    pdf_path_paint(canvas, "W n");
    canvas->x = at.x;
    canvas->y = at.y;
    canvas->scale = scale;
}

void pdf_frame_end(struct pdf_canvas *canvas)
{
    canvas->x = 0;
    canvas->y = 0;
    canvas->scale = 1;
    canvas->ink = canvas->kept;
    out_text(canvas->out, "Q\n");
}
