/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_CLI_TERMINAL_RENDERING_H
#define GAPMETER_CLI_TERMINAL_RENDERING_H

#include "model/renderer.h"

/* How standard output can show a document: colour only on a terminal and without NO_COLOR, bars and
 * dashes unless the locale is plain C, as wide as the terminal. */
struct rendering terminal_rendering(bool wide);

#endif
