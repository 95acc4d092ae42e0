/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_HEADER_LAYOUT_H
#define GAPMETER_SERVE_HEADER_LAYOUT_H

#include "serve/listener.h"

/* Does the header of a request consist of what the library shows of it, and nothing else? The library reads a header where it
 * stands, putting zeros behind the pieces; so their addresses tell what lies between them. A line that ends with LF alone, a folded
 * line, a NUL, a line without a name: each leaves a gap of another width, or a piece in another place.
 * A NUL and LF in place of CRLF is the one thing that looks the same; it ends the same line.
 * takes   head          with texts that still stand where the library read them
 *         target        the same for the target, before it was copied
 *         header_bytes  of the whole header, the empty line included
 * needs   the library's way of reading (0.9.75); where it reads otherwise, every request is refused and every test fails
 * proof   tests/http/guard_test.c */
bool header_layout_is_plain(const struct wire_head *head, struct span target, size_t header_bytes);

#endif
