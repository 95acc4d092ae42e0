/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_SVG_GAP_CHART_H
#define GAPMETER_RENDER_SVG_GAP_CHART_H

#include "base/markup.h"
#include "render/chart/gap_chart.h"

/* Draws the chart as inline SVG: real text, title and description, colours by class.
 * takes   id      unique in the page
 *         narrow  for screens below 720 px: the label stands above its row */
void svg_gap_chart_draw(struct markup *m, const struct gap_chart *chart, unsigned id, bool narrow);

#endif
