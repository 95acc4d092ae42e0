/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of charts, drawn by cairo at half their size and kept in tests/golden/charts/. */
#ifndef GAPMETER_TESTS_GOLDEN_PICTURE_H
#define GAPMETER_TESTS_GOLDEN_PICTURE_H

#include "render/chart/picture.h"

/* How many points of a picture are not as in tests/golden/charts/NAME.png: marks within a small tolerance, letters, which every version of
 * a font draws a little otherwise, by how dark and how coloured they are around each point. All of them when the size is another one.
 * fails   the test, when the file is not there */
size_t golden_picture_differences(const char *name, const struct picture *picture);

/* Fails the test unless the picture is that of tests/golden/charts/NAME.png, and leaves what it drew beside the working directory, to be
 * looked at. When GAPMETER_GOLDEN is "refresh" (./dev golden) the file is written instead. */
void golden_picture_assert(const char *name, const struct picture *picture);

#endif
