/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_encoding.h"

#include <string.h>

const char *csv_encoding_name(enum csv_encoding encoding)
{
    static const char *const names[] = {"UTF-8", "windows-1252", "CP949", "UTF-16", "UTF-16"};
    return names[encoding];
}

const char *csv_encoding_iconv_name(enum csv_encoding encoding)
{
    static const char *const names[] = {"UTF-8", "WINDOWS-1252", "CP949", "UTF-16LE", "UTF-16BE"};
    return names[encoding];
}

static bool begins(struct span text, const char *bytes, size_t length)
{
    return text.length >= length && memcmp(text.at, bytes, length) == 0;
}

enum csv_encoding csv_encoding_of_mark(struct span beginning, size_t *mark_length)
{
    *mark_length = begins(beginning, "\xEF\xBB\xBF", 3) ? 3 : 0;
    if (*mark_length == 0 && (begins(beginning, "\xFF\xFE", 2) || begins(beginning, "\xFE\xFF", 2))) {
        *mark_length = 2;
        return beginning.at[0] == '\xFF' ? CSV_ENCODING_UTF16LE : CSV_ENCODING_UTF16BE;
    }
    return CSV_ENCODING_UTF8;
}

static struct span from(struct span text, size_t skipped)
{
    return (struct span){text.at + skipped, text.length - skipped};
}

static unsigned char byte_at(struct span text, size_t at)
{
    return (unsigned char)text.at[at];
}

/* May these bytes be the beginning of a character that was cut? */
static bool may_be_cut(struct span text)
{
    for (size_t i = 1; i < text.length; i++) {
        if (byte_at(text, i) < 0x80 || byte_at(text, i) > 0xBF)
            return false;
    }
    return text.length < 4 && byte_at(text, 0) >= 0xC2 && byte_at(text, 0) <= 0xF4;
}

/* Counts well formed long characters and bytes that fit none. */
static bool fits_utf8(struct span text, bool whole)
{
    size_t good = 0, wrong = 0;
    while (text.length > 0) {
        unsigned code_point;
        size_t took = text_utf8_decode(text, &code_point);
        good += took > 1;
        if (took == 0 && !whole && may_be_cut(text))
            break;
        wrong += took == 0;
        text = from(text, took == 0 ? 1 : took);
    }
    return wrong == 0 || good > 8 * wrong;
}

/* In Korean text all high bytes come in pairs, and most pairs are of the 2,350 common syllables; in windows-1252 text they
 * mostly stand alone between ASCII letters. */
static bool fits_cp949(struct span text, bool whole)
{
    size_t pairs = 0, hangul = 0, extended = 0;
    for (size_t i = 0; i < text.length;) {
        unsigned char lead = byte_at(text, i);
        if (lead < 0x80) {
            i++;
            continue;
        }
        if (i + 1 == text.length) {
            if (whole)
                return false;
            break;
        }
        unsigned char trail = byte_at(text, i + 1);
        bool letter = (trail >= 'A' && trail <= 'Z') || (trail >= 'a' && trail <= 'z');
        if (lead == 0x80 || lead == 0xFF || trail == 0xFF || (trail < 0x81 && !letter))
            return false;
        pairs++;
        hangul += lead >= 0xB0 && lead <= 0xC8 && trail >= 0xA1;
        extended += trail < 0xA1;
        i += 2;
    }
    return hangul * 2 > pairs && extended * 5 <= pairs;
}

enum csv_encoding csv_encoding_guess(struct span text, bool whole)
{
    if (fits_utf8(text, whole))
        return CSV_ENCODING_UTF8;
    return fits_cp949(text, whole) ? CSV_ENCODING_CP949 : CSV_ENCODING_WINDOWS_1252;
}

struct known_beginning {
    const char *bytes;
    size_t length;
    const char *what;
};

static const struct known_beginning known_beginnings[] = {
    {"PK\x03\x04", 4, "a zip file, perhaps an Excel workbook (xlsx)"},
    {"\xD0\xCF\x11\xE0", 4, "an old Office file, perhaps an Excel workbook (xls)"},
    {"$FL2", 4, "an SPSS file (sav)"},
    {"$FL3", 4, "an SPSS file (zsav)"},
    {"%PDF", 4, "a PDF file"},
    {"SQLite format 3", 15, "an SQLite database"},
    {"\x7F"
     "ELF",
     4, "a program"},
    {"\x89PNG", 4, "a picture"},
    {"\xFF\xD8\xFF", 3, "a picture"},
};

const char *csv_encoding_not_text(struct span beginning)
{
    size_t mark_length;
    if (csv_encoding_of_mark(beginning, &mark_length) != CSV_ENCODING_UTF8)
        return NULL;
    for (size_t i = 0; i < sizeof known_beginnings / sizeof *known_beginnings; i++) {
        if (begins(beginning, known_beginnings[i].bytes, known_beginnings[i].length))
            return known_beginnings[i].what;
    }
    size_t nul_odd = 0, nul_even = 0, control = 0;
    bool in_first_line = true, nul_in_first_line = false;
    for (size_t i = 0; i < beginning.length; i++) {
        unsigned char byte = byte_at(beginning, i);
        in_first_line = in_first_line && byte != '\n' && byte != '\r';
        nul_in_first_line = nul_in_first_line || (in_first_line && byte == 0);
        nul_odd += byte == 0 && i % 2 == 1;
        nul_even += byte == 0 && i % 2 == 0;
        control += (byte < ' ' && byte != 0 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
    }
    size_t nul = nul_odd + nul_even;
    if (nul == 0)
        return NULL;
    if ((nul_odd == 0 || nul_even == 0) && nul * 5 > beginning.length * 2 && control == 0)
        return "UTF-16 text without its byte order mark";
    /* A lone NUL among text is one bad cell and has a row and a column; in the header, or with other controls, it has none. */
    return control > 0 || nul_in_first_line || nul * 10 > beginning.length ? "not text" : NULL;
}
