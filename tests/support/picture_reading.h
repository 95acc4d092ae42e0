/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be said of every picture of a chart. */
#ifndef GAPMETER_TESTS_PICTURE_READING_H
#define GAPMETER_TESTS_PICTURE_READING_H

#include "render/chart/chart.h"
#include "support/hand_tables.h"

/* Draws a chart of the first table of a hand, the second beside it; fails the test when that fails. */
struct picture picture_of(struct hand *hand, const char *chart, enum chart_room room);

/* Fails the test when two texts overlap (by an estimate of their letters), or a mark leaves the picture. */
void picture_assert_readable(const struct picture *picture);

/* The first mark with this text, or NULL. */
const struct mark *picture_find_text(const struct picture *picture, const char *text);

/* How many marks of a kind and tone there are. */
size_t picture_count(const struct picture *picture, enum mark_kind kind, enum tone tone);

/* The n-th mark of a kind, from 0; fails the test when there are fewer. */
const struct mark *picture_mark(const struct picture *picture, enum mark_kind kind, size_t n);

#endif
