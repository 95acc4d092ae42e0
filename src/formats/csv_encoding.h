/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_ENCODING_H
#define GAPMETER_FORMATS_CSV_ENCODING_H

#include <stdbool.h>

#include "base/text.h"

enum csv_encoding {
    CSV_ENCODING_UTF8,
    CSV_ENCODING_WINDOWS_1252,
    CSV_ENCODING_CP949,
    CSV_ENCODING_UTF16LE,
    CSV_ENCODING_UTF16BE
};

/* The name that people know: "UTF-8", "windows-1252", "CP949", "UTF-16". */
const char *csv_encoding_name(enum csv_encoding encoding);

/* The name that iconv knows. */
const char *csv_encoding_iconv_name(enum csv_encoding encoding);

/* The encoding that a byte order mark names.
 * gives   *mark_length  bytes of the mark; 0 when there is none */
enum csv_encoding csv_encoding_of_mark(struct span beginning, size_t *mark_length);

/* The encoding of bytes that are not all ASCII: UTF-8 when they are well formed, or nearly all of their long characters are;
 * else CP949 when its byte pairs fit and are Hangul; else windows-1252.
 * takes   text   begins with the first byte that is not ASCII
 *         whole  false: it was cut, perhaps within a character
 * proof   tests/formats/csv_encoding_test.c */
enum csv_encoding csv_encoding_guess(struct span text, bool whole);

/* What a file is that is not text, or NULL: "an Excel workbook (xlsx)", …; by how it begins and the bytes in it. */
const char *csv_encoding_not_text(struct span beginning);

#endif
