/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of tables, set without pango's search for fonts, directions and places where a line may end: three quarters of the texts of a
 * report. They have the same letters at the same places as if pango had set them. */
#ifndef GAPMETER_RENDER_PDF_FIGURES_H
#define GAPMETER_RENDER_PDF_FIGURES_H

#include "render/pdf_type.h"

/* All letters of which figures are made, as one text. */
extern const char pdf_figure_letters[];

/* How figures of one size and weight are set: as pango set all their letters. */
struct pdf_figures {
    PangoAnalysis analysis;  /* font, language, direction */
    double height, baseline; /* of a line */
};

/* Is a text made of these letters alone, the spaces within it? */
bool pdf_figures_only(const char *text);

/* Learns how figures are set.
 * takes   layout  pango's of pdf_figure_letters; it is to outlive the figures
 * gives   false   when these need more than one font, or lack one, so that figures are pango's own matter */
bool pdf_figures_learn(PangoLayout *layout, struct pdf_figures *out);

/* Sets figures on one line.
 * takes   text  that pdf_figures_only; it is to outlive the layout
 * fails   STATUS_MEMORY
 * proof   tests/render/pdf_figures_test.c */
enum status pdf_figures_set(struct ctx *ctx, const struct pdf_figures *figures, const char *text,
                            struct pdf_layout *out) MUST_USE;

#endif
