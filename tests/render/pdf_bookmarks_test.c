/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_bookmarks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/job_fixture.h"
#include "support/pdf_reading.h"

/* Each stands below the last one before it of a lower level, also where a level is skipped. */
static void bookmarks_make_a_tree(void **state)
{
    struct job job;
    struct out *out = NULL;
    struct pdf_file *file = NULL;
    uint32_t root = 0;
    static const struct pdf_bookmark bookmarks[] = {{"Title", 0, 90, {56.7, 700}},
                                                    {"Part", 1, 90, {56.7, 600.25}},
                                                    {"Deep", 3, 91, {0, 0}},
                                                    {"Next", 1, 91, {0, 0}},
                                                    {"End", 0, 92, {0, 0}}};
    (void)state;
    job_begin(&job);
    assert_ok(&job, out_open_memory(&job.ctx, &out));
    assert_ok(&job, pdf_file_begin(&job.ctx, out, &file));
    assert_ok(&job, pdf_bookmarks_write(&job.ctx, file, bookmarks, 5, &root));
    assert_int_equal(root, 1);
    assert_ok(&job, pdf_file_end(file, root, root));
    struct span pdf = pdf_unpacked(&job, out_bytes(out));
    static const char *const parts[] = {
        "<</Type/Outlines/First 2 0 R/Last 6 0 R/Count 5>>",
        "<</Title(Title)/Parent 1 0 R/Dest[90 0 R/XYZ 56.7 700 0]/Next 6 0 R/First 3 0 R/Last 5 0 R/Count 3>>",
        "<</Title(Part)/Parent 2 0 R/Dest[90 0 R/XYZ 56.7 600.3 0]/Next 5 0 R/First 4 0 R/Last 4 0 R/Count 1>>",
        "<</Title(Deep)/Parent 3 0 R/Dest[91 0 R/XYZ 0 0 0]>>",
        "<</Title(Next)/Parent 2 0 R/Dest[91 0 R/XYZ 0 0 0]/Prev 3 0 R>>",
        "<</Title(End)/Parent 1 0 R/Dest[92 0 R/XYZ 0 0 0]/Prev 2 0 R>>"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (pdf_count(pdf, parts[i]) != 1)
            fail_msg("%s is not there", parts[i]);
    }
    job_end(&job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(bookmarks_make_a_tree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
