/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small study for every kind of chart, told by the section that shows it: for tests that hold for all charts, and for the gallery. */
#ifndef GAPMETER_TESTS_CHART_SAMPLES_H
#define GAPMETER_TESTS_CHART_SAMPLES_H

#include "support/hand_tables.h"

enum { CHART_SAMPLE_MOST = 60 };

/* Begins a study whose table has so many rows, items, groups or periods, and finds the block of the chart in the section of a report.
 * takes   chart  its name; rows  1 … CHART_SAMPLE_MOST
 * gives   *out   the block with title and base; its kind is no DOCUMENT_CHART where so few or so many rows are not drawn
 *         false when there is no sample of such a chart
 * owns    hand_end ends it, when true was given */
bool chart_sample_begin(struct hand *hand, const char *chart, uint32_t rows, struct document_block *out);

#endif
