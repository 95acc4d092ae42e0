/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a wide csv file, read row after row and in blocks: the same must come of both. The first byte chooses the study
 * (tests/support/csv_studies.h), with its 32's bit whether reading goes on after too many problems, and with its 64's bit two
 * threads; the second the kernel and the size of the blocks. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../tests/support/csv_came.h"
#include "../tests/support/csv_studies.h"
#include "base/kernel.h"
#include "formats/csv_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

struct wish {
    const struct study *study;
    bool all;
    unsigned threads;
    enum csv_path path;
    size_t block_bytes;
};

static void read_once(struct csv_came *out, const struct span *text, const struct wish *wish)
{
    struct csv_request request = {
        .openings = {{.path = "first", .bytes = text, .block_bytes = wish->block_bytes}}, .count = 1, .path = wish->path};
    memset(out, 0, sizeof *out);
    out->ctx.threads = wish->threads;
    enum status status = arena_create(NULL, &out->ctx.arena);
    assert(status == STATUS_OK);
    status = problems_init(&out->ctx, &out->problems, false);
    assert(status == STATUS_OK);
    out->problems.stop_when_full = !wish->all; /* ten thousand kept problems would take most of the time */
    out->status = csv_read(&out->ctx, &request, wish->study, &out->problems, &out->answers);
}

static void choose_kernel(unsigned wanted)
{
    struct ctx ctx = {0};
    static unsigned chosen = KERNEL_COUNT;
    enum kernel kernel = kernel_available((enum kernel)wanted) ? (enum kernel)wanted : KERNEL_SCALAR;
    if (chosen == wanted)
        return;
    chosen = wanted;
    int failed = setenv("GAPMETER_KERNEL", kernel_name(kernel), 1);
    enum status status = kernel_start(&ctx);
    assert(failed == 0 && status == STATUS_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const enum csv_study wide[] = {CSV_STUDY_PLAIN, CSV_STUDY_FULL,  CSV_STUDY_VISITS,
                                          CSV_STUDY_KANO,  CSV_STUDY_DATES, CSV_STUDY_RATED};
    if (length < 2)
        return 0;
    const struct span text = {(const char *)bytes + 2, length - 2};
    struct wish wish = {.study = &csv_studies[wide[(bytes[0] & 0x1Fu) % (sizeof wide / sizeof *wide)]],
                        .all = (bytes[0] & 0x20u) != 0,
                        .threads = (bytes[0] & 0x40u) != 0 ? 2 : 1,
                        .path = CSV_PATH_GENERAL};
    struct csv_came general, fastest;
    choose_kernel(bytes[1] % KERNEL_COUNT);
    read_once(&general, &text, &wish);
    wish.path = CSV_PATH_FASTEST;
    wish.block_bytes = (size_t)bytes[1] / KERNEL_COUNT * 8;
    read_once(&fastest, &text, &wish);
    csv_came_same(&general, &fastest);
    arena_destroy(general.ctx.arena);
    arena_destroy(fastest.ctx.arena);
    return 0;
}
