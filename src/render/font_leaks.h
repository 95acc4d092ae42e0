/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_FONT_LEAKS_H
#define GAPMETER_RENDER_FONT_LEAKS_H

/* Does nothing. Whoever opens fonts calls it, so that what the sanitizers ask for is linked with them. */
void font_leaks_known(void);

#endif
