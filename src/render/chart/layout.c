/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/layout.h"

#include <math.h>

#include "model/shown.h"

#define TICKS_MOST 32u
#define LETTER_PX  (0.55 * TEXT_PX) /* as picture_text_width has it */

double axis_place(const struct axis *axis, double number)
{
    double range = axis->most - axis->least;
    double share = range > AXIS_NOISE ? (number - axis->least) / range : 0.5;
    return axis->from + share * (axis->to - axis->from);
}

double tick_step(double least, double most, unsigned most_ticks)
{
    double raw = (most - least) / (double)(most_ticks > 1 ? most_ticks - 1 : 1);
    double power = pow(10, floor(log10(raw)));
    static const double steps[] = {1, 2, 5, 10};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i] * power >= raw * (1 - 1e-9))
            return steps[i] * power;
    }
    return 10 * power;
}

unsigned axis_ticks(const struct axis *axis, unsigned most_ticks, struct tick *ticks)
{
    if (axis->most - axis->least <= AXIS_NOISE)
        return 0;
    double step = tick_step(axis->least, axis->most, most_ticks);
    double first = ceil(axis->least / step - 1e-6);
    unsigned count = 0, digits = step >= 1 ? 0 : (unsigned)ceil(-log10(step) - 1e-9);
    while (count < TICKS_MOST && (first + count) * step <= axis->most + step / 1e6) {
        struct tick *tick = &ticks[count];
        tick->number = (first + count) * step;
        shown_number(tick->number + 0.0, digits, true, tick->text, sizeof tick->text);
        count++;
    }
    return count;
}

struct span label_line(struct span *rest, size_t letters)
{
    bool cut = false;
    size_t kept = text_fit(*rest, letters, &cut);
    struct span line = *rest;
    if (cut) {
        size_t space = kept;
        while (space > 0 && rest->at[space] != ' ')
            space--;
        line.length = space > 0 ? space : kept;
    }
    rest->at += line.length;
    rest->length -= line.length;
    *rest = span_trim(*rest);
    return span_trim(line);
}

unsigned label_lines(const char *label, const struct label_place *place)
{
    struct span rest = span_of(label);
    unsigned count = 0;
    while (rest.length && count < place->lines) {
        (void)label_line(&rest, count + 1 == place->lines ? place->letters - 1 : place->letters);
        count++;
    }
    return count ? count : 1;
}

void label_draw(struct picture *picture, const char *label, const struct label_place *place)
{
    struct span rest = span_of(label);
    bool turned = place->column && text_leftward(rest, false);
    enum anchor anchor = turned ? ANCHOR_END : place->anchor;
    double x = place->at.x + (turned ? (double)place->letters * LETTER_PX : 0);
    for (unsigned i = 0; i < place->lines && rest.length; i++) {
        bool last = i + 1 == place->lines;
        struct span line = label_line(&rest, last ? place->letters - 1 : place->letters);
        if (last && rest.length) {
            const char *cut = arena_format(picture->ctx->arena, "%.*s…", (int)line.length, line.at);
            picture->failed = picture->failed || !cut;
            line = span_of(cut ? cut : "");
        }
        struct point at = {x, place->at.y + i * place->line_px};
        picture_text(picture, TONE_INK, at, anchor, line)->size = TEXT_PX;
    }
}
