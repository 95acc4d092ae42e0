/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define GUESS(bytes, whole) csv_encoding_guess((struct span){bytes, sizeof(bytes) - 1}, whole)

/* "UTF-8 when they are well formed, or nearly all of their long characters are" */
static void utf8_is_known_by_its_form(void **state)
{
    (void)state;
    assert_int_equal(GUESS("\xC3\xA9", true), CSV_ENCODING_UTF8);
    assert_int_equal(GUESS("\xED\x95\x9C\xEA\xB5\xAD,\xE2\x82\xAC", true), CSV_ENCODING_UTF8);
    /* "may end within a character" only when it was cut */
    assert_int_equal(GUESS("\xC3\xA9 and \xE2\x82", false), CSV_ENCODING_UTF8);
    assert_int_equal(GUESS("\xE2\x82", true), CSV_ENCODING_WINDOWS_1252);
    /* One broken comment among many letters does not make the file another encoding. */
    char text[64];
    for (size_t i = 0; i < 30; i += 2)
        memcpy(text + i, "\xC3\xBC", 2);
    memcpy(text + 30, "\xC3,x", 3);
    assert_int_equal(csv_encoding_guess((struct span){text, 33}, true), CSV_ENCODING_UTF8);
}

/* "else CP949 when its byte pairs fit and are Hangul" */
static void korean_is_known_by_its_pairs(void **state)
{
    (void)state;
    /* 서울, 부산, 대구 */
    assert_int_equal(GUESS("\xBC\xAD\xBF\xEF,\xBA\xCE\xBB\xEA,1,2\n\xB4\xEB\xB1\xB8", true), CSV_ENCODING_CP949);
    assert_int_equal(GUESS("\xBC\xAD\xBF\xEF,\xBA", false), CSV_ENCODING_CP949);
    /* A syllable outside the common 2,350 among common ones (뷁: 0x94 0xEE) */
    assert_int_equal(GUESS("\xBC\xAD\xBF\xEF\xBA\xCE\xBB\xEA\x94\xEE", true), CSV_ENCODING_CP949);
}

/* "else windows-1252" */
static void western_text_is_windows_1252(void **state)
{
    (void)state;
    assert_int_equal(GUESS("\xE9,1\n", true), CSV_ENCODING_WINDOWS_1252);
    assert_int_equal(GUESS("\xFC"
                           "rich;M\xE1laga;Besan\xE7on;Gr\xF6\xDF"
                           "e",
                           true),
                     CSV_ENCODING_WINDOWS_1252);
    assert_int_equal(GUESS("\xC4\xD6\xDC", true), CSV_ENCODING_WINDOWS_1252);
    assert_int_equal(GUESS("\x93Tr\xE8s bien\x94, \x80 5", true), CSV_ENCODING_WINDOWS_1252);
    assert_int_equal(GUESS("\xBF"
                           "Qu\xE9?",
                           true),
                     CSV_ENCODING_WINDOWS_1252);
}

static void marks_are_known(void **state)
{
    (void)state;
    size_t length;
    assert_int_equal(csv_encoding_of_mark(span_of("\xEF\xBB\xBFx"), &length), CSV_ENCODING_UTF8);
    assert_int_equal(length, 3);
    assert_int_equal(csv_encoding_of_mark((struct span){"\xFF\xFEx\0", 4}, &length), CSV_ENCODING_UTF16LE);
    assert_int_equal(length, 2);
    assert_int_equal(csv_encoding_of_mark((struct span){"\xFE\xFF\0x", 4}, &length), CSV_ENCODING_UTF16BE);
    assert_int_equal(length, 2);
    assert_int_equal(csv_encoding_of_mark(span_of("\xEF\xBB"), &length), CSV_ENCODING_UTF8);
    assert_int_equal(length, 0);
}

#define NOT_TEXT(bytes) csv_encoding_not_text((struct span){bytes, sizeof(bytes) - 1})

/* "What a file is that is not text, or NULL" */
static void other_files_are_named(void **state)
{
    (void)state;
    assert_non_null(strstr(NOT_TEXT("PK\x03\x04rest"), "Excel"));
    assert_non_null(strstr(NOT_TEXT("$FL2@(#)"), "SPSS"));
    assert_non_null(strstr(NOT_TEXT("SQLite format 3\0"), "SQLite"));
    assert_non_null(strstr(NOT_TEXT("h\0"
                                    "1\0,\0h\0"
                                    "2\0"),
                           "UTF-16"));
    assert_string_equal(NOT_TEXT("a\0b,c\n1,2\n"), "not text");
    assert_string_equal(NOT_TEXT("a,b\n1\1,2\0\n"), "not text");
    assert_null(NOT_TEXT("a,b,c,d,e,f\n1,2,3,4\0,5,6\n1,2,3,4,5,6\n"));
    assert_null(NOT_TEXT("a,b\n1,\"two\tthree\"\r\n\x1A"));
    assert_null(NOT_TEXT("PKW,b\n1,2\n"));
    assert_null(NOT_TEXT("\xFF\xFEh\0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_known_by_its_form),    cmocka_unit_test(korean_is_known_by_its_pairs),
        cmocka_unit_test(western_text_is_windows_1252), cmocka_unit_test(marks_are_known),
        cmocka_unit_test(other_files_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
