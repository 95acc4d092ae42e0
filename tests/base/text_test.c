/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <limits.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include <cmocka.h>

static void assert_trimmed(const char *text, const char *expected)
{
    assert_true(span_is(span_trim(span_of(text)), expected));
}

/* "Without white space (ASCII space, tab, CR, LF and U+00A0) at either end" */
static void trimming(void **state)
{
    (void)state;
    assert_trimmed(" \t\r\n a b \n", "a b");
    assert_trimmed("\xC2\xA0 x \xC2\xA0\xC2\xA0", "x");
    assert_trimmed("", "");
    assert_trimmed(" \xC2\xA0 ", "");
    assert_trimmed("\xC2", "\xC2");
    assert_trimmed("é", "é");
    assert_trimmed(NULL, "");
}

/* "The same bytes?"; "The same letters, not minding ASCII case?"; "Bytewise order, the shorter first" */
static void comparing(void **state)
{
    (void)state;
    assert_true(span_equal(span_of(""), span_of(NULL)));
    assert_true(span_equal((struct span){"abc", 2}, (struct span){"abd", 2}));
    assert_false(span_equal(span_of("ab"), span_of("abc")));
    assert_false(span_is(span_of("ab"), "aB"));
    assert_true(span_equal_caseless(span_of("Expectation É"), span_of("eXPECTATION É")));
    assert_false(span_equal_caseless(span_of("É"), span_of("é")));
    assert_false(span_equal_caseless(span_of("@"), span_of("`")));
    assert_false(span_equal_caseless(span_of("["), span_of("{")));
    assert_true(span_compare(span_of("a"), span_of("ab")) < 0);
    assert_true(span_compare(span_of("b"), span_of("ab")) > 0);
    assert_true(span_compare(span_of("é"), span_of("z")) > 0);
    assert_int_equal(span_compare(span_of("ab"), (struct span){"abc", 2}), 0);
    assert_int_equal(span_compare(span_of(""), span_of(NULL)), 0);
}

/* All code points are decoded from what their definition makes of them, and only from that. */
static void every_code_point_is_decoded(void **state)
{
    (void)state;
    for (unsigned wanted = 0; wanted <= 0x10FFFF; wanted++) {
        char bytes[5] = "";
        size_t length;
        if (wanted < 0x80) {
            length = 1;
            bytes[0] = (char)wanted;
        } else if (wanted < 0x800) {
            length = 2;
            bytes[0] = (char)(0xC0 | wanted >> 6);
        } else if (wanted < 0x10000) {
            length = 3;
            bytes[0] = (char)(0xE0 | wanted >> 12);
        } else {
            length = 4;
            bytes[0] = (char)(0xF0 | wanted >> 18);
        }
        for (size_t i = 1; i < length; i++)
            bytes[i] = (char)(0x80 | ((wanted >> (6 * (length - 1 - i))) & 0x3F));
        unsigned code_point = 0;
        size_t bad;
        bool surrogate = wanted >= 0xD800 && wanted <= 0xDFFF;
        struct span text = {bytes, length};
        assert_int_equal(text_utf8_decode(text, &code_point), surrogate ? 0 : length);
        assert_int_equal(text_utf8_valid(text, &bad), !surrogate);
        if (surrogate)
            continue;
        assert_int_equal(code_point, wanted);
        assert_int_equal(bad, length);
        if (length > 1) {
            assert_int_equal(text_utf8_decode((struct span){bytes, length - 1}, &code_point), 0);
            bytes[length - 1] = 'a';
            assert_int_equal(text_utf8_decode(text, &code_point), 0);
        }
    }
}

/* "no overlong forms, no surrogates, nothing above U+10FFFF"; "offset of the first byte that is not" */
static void malformed_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bad;
    } cases[] = {
        {"ab\x80", 2},
        {"\xC0\x80", 0},
        {"a\xC1\xBF", 1},
        {"\xE0\x9F\xBF", 0},
        {"\xED\xA0\x80", 0},
        {"\xF0\x8F\xBF\xBF", 0},
        {"\xF4\x90\x80\x80", 0},
        {"\xF5\x80\x80\x80", 0},
        {"é\xFF", 2},
        {"é\xC3", 2},
        {"\xFE", 0},
        {"\xE2\x82", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bad = 99;
        assert_false(text_utf8_valid(span_of(cases[i].text), &bad));
        assert_int_equal(bad, cases[i].bad);
    }
    size_t bad = 99;
    assert_true(text_utf8_valid(span_of(NULL), &bad));
    assert_int_equal(bad, 0);
}

/* "0 for combining marks and control characters, 2 for wide East Asian ones and emoji, 1 for a malformed byte" */
static void widths(void **state)
{
    (void)state;
    assert_int_equal(text_width(span_of("")), 0);
    assert_int_equal(text_width(span_of("gap −0.49 …")), 11);
    assert_int_equal(text_width(span_of("e\xCC\x81")), 1);
    assert_int_equal(text_width(span_of("기대와 인식")), 11);
    assert_int_equal(text_width(span_of("期待")), 4);
    assert_int_equal(text_width(span_of("ﾊﾟ")), 2);
    assert_int_equal(text_width(span_of("😀")), 2);
    assert_int_equal(text_width(span_of("\xE1\x84\x80\xE1\x85\xA1")), 2); /* a syllable of two jamo */
    assert_int_equal(text_width(span_of("שָׁלוֹם")), 4);
    assert_int_equal(text_width(span_of("a\x01\x7F")), 1);
    assert_int_equal(text_width(span_of("\xFF\xFE")), 2);
    assert_int_equal(text_width(span_of("█▏")), 2);
}

/* The tables against those of the C library, over all code points that both know. */
static void widths_are_those_of_the_library(void **state)
{
    (void)state;
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) {
        print_message("the locale C.UTF-8 is not installed here: skipped\n");
        skip();
    }
    unsigned compared = 0, different = 0;
    for (unsigned code_point = 0xA0; code_point <= 0x10FFFF; code_point++) {
        int wanted = code_point >= 0xD800 && code_point <= 0xDFFF ? -1 : wcwidth((wchar_t)code_point);
        char bytes[MB_LEN_MAX];
        int length = wanted < 0 ? -1 : wctomb(bytes, (wchar_t)code_point);
        if (length <= 0 || iswalnum((wint_t)code_point) == 0)
            continue;
        compared++;
        if (text_width((struct span){bytes, (size_t)length}) != (size_t)wanted) {
            different++;
            print_message("U+%04X is %d wide there\n", code_point, wanted);
        }
    }
    (void)setlocale(LC_CTYPE, "C");
    assert_true(compared > 100000);
    assert_int_equal(different, 0);
}

static void assert_fit(const char *text, size_t columns, const char *kept, bool expected_cut)
{
    bool cut = !expected_cut;
    size_t length = text_fit(span_of(text), columns, &cut);
    assert_true(span_is((struct span){text, length}, kept));
    assert_int_equal(cut, expected_cut);
    assert_true(text_width((struct span){text, length}) + cut <= columns);
}

/* "The text shortened to at most `columns` terminal columns with "…" at the end when it was cut" */
static void fitting(void **state)
{
    (void)state;
    assert_fit("tangibles", 9, "tangibles", false);
    assert_fit("tangibles", 8, "tangibl", true);
    assert_fit("tangibles", 1, "", true);
    assert_fit("tangibles", 0, "", false);
    assert_fit("", 0, "", false);
    assert_fit("기대와", 6, "기대와", false);
    assert_fit("기대와", 5, "기대", true);
    assert_fit("기대와", 4, "기", true);
    assert_fit("기", 1, "", true);
    assert_fit("e\xCC\x81xy", 2, "e\xCC\x81", true);
    assert_fit("xe\xCC\x81", 2, "xe\xCC\x81", false);
}

static void assert_printable(const char *text, size_t size, const char *expected)
{
    char into[64];
    memset(into, '#', sizeof into);
    text_printable(span_of(text), into, size);
    assert_string_equal(into, expected);
    assert_int_equal(into[size], '#');
}

/* "control characters, those that turn the direction of writing, and malformed UTF-8 are shown as \xNN" */
static void printable_texts(void **state)
{
    (void)state;
    assert_printable("plain é 기", 40, "plain é 기");
    assert_printable("a\tb\n\x1b[2J\x7F", 40, "a\\x09b\\x0A\\x1B[2J\\x7F");
    assert_printable("\xC2\x9B", 40, "\\xC2\\x9B");
    assert_printable("x\xE2\x80\xAEy", 40, "x\\xE2\\x80\\xAEy");
    assert_printable("bad \xFF\xC3", 40, "bad \\xFF\\xC3");
    assert_printable(NULL, 8, "");
    /* "What does not fit is cut, with … at the end" */
    assert_printable("1234567", 8, "1234567");
    assert_printable("12345678", 8, "1234…");
    assert_printable("123\x01\x01", 8, "123…");
    assert_printable("1\x01\x01", 8, "1…");
    assert_printable("12345é", 8, "12345é");
    assert_printable("12345é6", 8, "1234…");
    assert_printable("éééé", 8, "éé…");
}

static void assert_joined(size_t size, const char *expected)
{
    char text[16] = "untouched beyond";
    text_join((const char *const[]){"ab", "", "cde", "f", NULL}, text, size);
    assert_string_equal(text, expected);
    assert_int_equal(text[size], "untouched beyond"[size]);
}

/* "as snprintf would by "%s%s…"; what does not fit … is cut" */
static void joined_texts(void **state)
{
    (void)state;
    assert_joined(10, "abcdef");
    assert_joined(7, "abcdef");
    assert_joined(6, "abcde");
    assert_joined(4, "abc");
    assert_joined(3, "ab");
    assert_joined(1, "");
    char empty[4] = "abc";
    text_join((const char *const[]){NULL}, empty, sizeof empty);
    assert_string_equal(empty, "");
}

static void folders_of_paths(void **state)
{
    (void)state;
    static const char *const folders[][2] = {{"a", ""}, {"", ""}, {"/", "/"}, {"b/a", "b/"}, {"/c/b/a", "/c/b/"}, {"b/", "b/"}};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        assert_true(span_is(path_folder(folders[i][0]), folders[i][1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trimming),         cmocka_unit_test(comparing),       cmocka_unit_test(every_code_point_is_decoded),
        cmocka_unit_test(malformed_texts),  cmocka_unit_test(widths),          cmocka_unit_test(widths_are_those_of_the_library),
        cmocka_unit_test(fitting),          cmocka_unit_test(printable_texts), cmocka_unit_test(joined_texts),
        cmocka_unit_test(folders_of_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
