/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_TEXT_H
#define GAPMETER_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A piece of text that someone else owns: length bytes of UTF-8, not NUL-terminated. */
struct span {
    const char *at;
    size_t length;
};

/* The span of a NUL-terminated text; of NULL, the empty span. */
struct span span_of(const char *text);

/* The same bytes? */
bool span_equal(struct span a, struct span b);

/* The same bytes as a NUL-terminated text? */
bool span_is(struct span a, const char *text);

/* The same letters, not minding ASCII case? */
bool span_equal_caseless(struct span a, struct span b);

#define TEXT_NO_BREAK_SPACE "\xC2\xA0" /* U+00A0 */

/* Without white space (ASCII space, tab, CR, LF and U+00A0) at either end. */
struct span span_trim(struct span a);

/* Bytewise order, the shorter first when one begins the other: below, at or above 0. */
int span_compare(struct span a, struct span b);

/* Is this well-formed UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF)?
 * gives   *bad  offset of the first byte that is not; the length when all is well */
bool text_utf8_valid(struct span text, size_t *bad);

/* Decodes one code point.
 * gives   *code_point, and the number of bytes it took; 0 at the end or at a malformed byte */
size_t text_utf8_decode(struct span text, unsigned *code_point);

/* How many terminal columns a text takes: 0 for combining marks and control characters, 2 for wide East
 * Asian ones and emoji, 1 for a malformed byte. */
size_t text_width(struct span text);

/* The text shortened to at most `columns` terminal columns with "…" at the end when it was cut;
 * never cuts within a code point.
 * gives   length of the part to keep, and *cut whether the ellipsis is needed (there is no room for it in 0 columns) */
size_t text_fit(struct span text, size_t columns, bool *cut);

/* Is it a letter of a script that is written from right to left? Of one that is written from left to right? Digits, marks and signs are
 * neither.
 * proof   tests/base/text_direction_test.c */
bool letter_leftward(unsigned code_point);
bool letter_rightward(unsigned code_point);

/* Does a text run from right to left? Its first letter says so, those within isolates left aside (UAX 9, P2 and P3).
 * takes   otherwise  what is said of a text without a letter
 * proof   tests/base/text_direction_test.c */
bool text_leftward(struct span text, bool otherwise);

/* Puts texts behind each other as snprintf would by "%s%s…"; what does not fit into `size` bytes with a zero at the end is cut.
 * takes   parts  the end is NULL
 * needs   size > 0; no part lies in `into` */
void text_join(const char *const *parts, char *into, size_t size);

/* "dir/" of "dir/file", "" of "file". */
struct span path_folder(const char *path);

/* A text made safe for a message: control characters, those that turn the direction of writing, and
 * malformed UTF-8 are shown as \xNN. What does not fit is cut, with "…" at the end.
 * takes   size  of into, at least 8
 * gives   into  always NUL-terminated and well-formed */
void text_printable(struct span text, char *into, size_t size);

#endif
