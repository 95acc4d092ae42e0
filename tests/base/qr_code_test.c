/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "QR codes: read back by a decoder written for the test." (base/qr_code.h) The decoder knows what ISO/IEC 18004 says of an
 * undamaged symbol: format information, masks, the order of modules, interleaved blocks; it corrects nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/qr_code.h"

enum { BITS_MAX = 8 * 400 };

struct reader {
    const struct qr_code *code;
    unsigned version, mask;
    unsigned char bytes[BITS_MAX / 8];
    unsigned count;
};

/* Where the alignment pattern of versions 2 to 6 has its centre; version 1 has none. */
static int alignment_centre(unsigned version)
{
    return version == 1 ? -10 : 4 * (int)version + 10;
}

static bool is_function_module(const struct reader *reader, int row, int column)
{
    int width = (int)reader->code->width, centre = alignment_centre(reader->version);
    bool corner = (row < 9 && column < 9) || (row < 9 && column >= width - 8) || (row >= width - 8 && column < 9);
    bool aligned = abs(row - centre) <= 2 && abs(column - centre) <= 2;
    return corner || aligned || row == 6 || column == 6;
}

static bool mask_flips(unsigned mask, int i, int j)
{
    switch (mask) {
    case 0:
        return (i + j) % 2 == 0;
    case 1:
        return i % 2 == 0;
    case 2:
        return j % 3 == 0;
    case 3:
        return (i + j) % 3 == 0;
    case 4:
        return (i / 2 + j / 3) % 2 == 0;
    case 5:
        return i * j % 2 + i * j % 3 == 0;
    case 6:
        return (i * j % 2 + i * j % 3) % 2 == 0;
    default:
        return ((i + j) % 2 + i * j % 3) % 2 == 0;
    }
}

static void bits_read(struct reader *reader)
{
    int width = (int)reader->code->width;
    unsigned bits = 0;
    bool up = true;
    for (int right = width - 1; right > 0; right -= 2) {
        right -= right == 6;
        for (int step = 0; step < width * 2; step++) {
            int row = up ? width - 1 - step / 2 : step / 2, column = right - step % 2;
            if (is_function_module(reader, row, column) || bits >= BITS_MAX)
                continue;
            bool one = qr_code_is_dark(reader->code, row, column) != mask_flips(reader->mask, row, column);
            reader->bytes[bits / 8] = (unsigned char)(reader->bytes[bits / 8] | (one ? 0x80u >> bits % 8 : 0));
            bits++;
        }
        up = !up;
    }
    reader->count = bits / 8;
}

/* The fifteen bits beside the upper left finder, unmasked; the first two are the level, the next three the mask. */
static unsigned format_read(const struct qr_code *code)
{
    static const int columns[] = {0, 1, 2, 3, 4, 5, 7, 8};
    unsigned format = 0;
    for (unsigned i = 0; i < 5; i++)
        format = format << 1 | qr_code_is_dark(code, 8, columns[i]);
    return format ^ (0x5412u >> 10);
}

/* The text of an undamaged symbol of version 1 to 6, level M, eight-bit mode. */
static void code_read(const struct qr_code *code, char *into, size_t size)
{
    static const unsigned blocks[] = {0, 1, 1, 1, 2, 2, 4}, data_bytes[] = {0, 16, 28, 44, 64, 86, 108};
    struct reader reader = {.code = code, .version = (code->width - 17) / 4};
    assert_in_range(reader.version, 1, 6);
    unsigned format = format_read(code);
    assert_int_equal(format >> 3, 0); /* 00 = level M */
    reader.mask = format & 7;
    bits_read(&reader);
    unsigned char data[128] = {0};
    unsigned block_count = blocks[reader.version], each = data_bytes[reader.version] / block_count;
    for (unsigned i = 0; i < each * block_count; i++)
        data[i % block_count * each + i / block_count] = reader.bytes[i];
    assert_int_equal(data[0] >> 4, 4); /* eight-bit mode */
    unsigned length = (data[0] & 15u) << 4 | data[1] >> 4;
    assert_true(length < size);
    for (unsigned i = 0; i < length; i++)
        into[i] = (char)((data[i + 1] & 15u) << 4 | data[i + 2] >> 4);
    into[length] = '\0';
}

static int arena_set_up(void **state)
{
    struct ctx *ctx = calloc(1, sizeof *ctx);
    assert_non_null(ctx);
    assert_int_equal(arena_create(NULL, &ctx->arena), STATUS_OK);
    *state = ctx;
    return 0;
}

static int arena_tear_down(void **state)
{
    struct ctx *ctx = *state;
    arena_destroy(ctx->arena);
    free(ctx);
    return 0;
}

static void holds_what_it_was_made_of(void **state)
{
    struct ctx *ctx = *state;
    static const char *const texts[] = {
        "https://a.no",
        "https://ask.example.org/s/k7q2m9xab3r8zzzzzzzzzzzzzz",
        "HTTP://127.0.0.1:8080/open/pharmacy-counter",
        "ø – ü",
        "https://ask.example.org/a-rather-long-way-to-the-door/kiosk/k7q2m9xab3r8zzzzzzzzzzzzzz?branch=Oslo",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct qr_code code;
        char text[128];
        assert_int_equal(qr_code_make(ctx, span_of(texts[i]), &code), STATUS_OK);
        code_read(&code, text, sizeof text);
        assert_string_equal(text, texts[i]);
    }
}

static void refuses_what_it_cannot_hold(void **state)
{
    struct ctx *ctx = *state;
    struct qr_code code;
    static char text[2332];
    memset(text, 'x', sizeof text);
    assert_int_equal(qr_code_make(ctx, (struct span){text, 0}, &code), STATUS_INVALID);
    assert_int_equal(qr_code_make(ctx, (struct span){text, 2332}, &code), STATUS_INVALID);
    assert_int_equal(qr_code_make(ctx, (struct span){text, 2331}, &code), STATUS_OK);
    assert_int_equal(code.width, 177);
}

static struct span written(struct ctx *ctx, const struct qr_code *code, bool svg)
{
    struct out *out = NULL;
    assert_int_equal(out_open_memory(ctx, &out), STATUS_OK);
    if (svg)
        assert_int_equal(qr_code_write_svg(ctx, out, code, "A <poster>"), STATUS_OK);
    else
        qr_code_write_terminal(out, code);
    assert_int_equal(out_close(ctx, out), STATUS_OK);
    return out_bytes(out);
}

/* Counts the dark modules that the outlines of an SVG cover. */
static unsigned svg_dark(const char *svg)
{
    unsigned count = 0;
    for (const char *at = strstr(svg, "z\"></path><path d=\""); at && *at; at++) {
        if (*at == 'h' && at[1] != '-')
            count += (unsigned)strtoul(at + 1, NULL, 10);
    }
    return count;
}

static void draws_every_module(void **state)
{
    struct ctx *ctx = *state;
    struct qr_code code;
    assert_int_equal(qr_code_make(ctx, span_of("https://ask.example.org/open/counter"), &code), STATUS_OK);
    unsigned dark = 0;
    for (unsigned i = 0; i < code.width * code.width; i++)
        dark += code.dark[i];
    const char *svg = arena_copy(ctx->arena, written(ctx, &code, true));
    assert_int_equal(svg_dark(svg), dark);
    assert_non_null(strstr(svg, "<title>A &lt;poster&gt;</title>"));
    char box[40];
    (void)snprintf(box, sizeof box, "viewBox=\"0 0 %u %u\"", code.width + 8, code.width + 8);
    assert_non_null(strstr(svg, box));
    const char *drawn = arena_copy(ctx->arena, written(ctx, &code, false));
    unsigned light = 0, lines = 0;
    for (const char *at = drawn; *at; at++) {
        light += strncmp(at, "█", 3) == 0 ? 2 : strncmp(at, "▄", 3) == 0 || strncmp(at, "▀", 3) == 0 ? 1 : 0;
        lines += *at == '\n';
    }
    unsigned side = code.width + 8;
    assert_int_equal(lines, (side + 1) / 2);
    assert_int_equal(light, side * side - dark);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(holds_what_it_was_made_of, arena_set_up, arena_tear_down),
        cmocka_unit_test_setup_teardown(refuses_what_it_cannot_hold, arena_set_up, arena_tear_down),
        cmocka_unit_test_setup_teardown(draws_every_module, arena_set_up, arena_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
