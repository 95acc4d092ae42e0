/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_objects.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "support/job_fixture.h"

/* A file of three objects, the second a stream; object 3 stands in front of it. */
static const char file[] = "%PDF-1.5\n"                                                    /* 0 */
                           "3 0 obj\n<< /Type /Catalog >>\nendobj\n"                       /* 9 */
                           "1 0 obj\n<< /Length 6 >>\nstream\nendobj\nendstream\nendobj\n" /* 45 */
                           "2 0 obj\n   17\nendobj\n"                                      /* 100 */
                           "xref\n0 4\n0000000000 65535 f \n0000000045 00000 n \n0000000100 00000 n \n0000000009 00000 n \n"
                           "trailer\n<< /Size 4\n   /Root 3 0 R\n   /Info 2 0 R\n>>\nstartxref\n121\n%%EOF\n";

static void objects_are_found(void **state)
{
    struct job job;
    struct pdf_objects objects;
    (void)state;
    job_begin(&job);
    assert_ok(&job, pdf_objects_find(&job.ctx, span_of(file), &objects));
    assert_int_equal(objects.size, 4);
    assert_int_equal(objects.count, 3);
    assert_int_equal(objects.root, 3);
    assert_int_equal(objects.info, 2);
    assert_int_equal(objects.header.length, 9);
    assert_int_equal(objects.objects[0].number, 3);
    assert_true(span_is(objects.objects[0].body, "<< /Type /Catalog >>"));
    assert_false(objects.objects[0].stream);
    assert_int_equal(objects.objects[1].number, 1);
    assert_true(objects.objects[1].stream);
    assert_true(span_is(objects.objects[1].body, "<< /Length 6 >>\nstream\nendobj\nendstream"));
    assert_true(span_is(objects.objects[2].body, "17"));
    job_end(&job);
}

/* A file of another kind is refused, wherever it is cut or changed, and nothing outside it is read. */
static void damaged_files_are_refused(void **state)
{
    struct job job;
    struct pdf_objects objects;
    char changed[sizeof file];
    (void)state;
    job_begin(&job);
    for (size_t length = 0; length < strlen(file) - 8; length++) {
        memcpy(changed, file, length);
        assert_int_equal(pdf_objects_find(&job.ctx, (struct span){changed, length}, &objects), STATUS_FAILURE);
    }
    for (size_t at = 0; at < strlen(file); at++) {
        memcpy(changed, file, sizeof file);
        changed[at] = '9';
        (void)!pdf_objects_find(&job.ctx, span_of(changed), &objects);
    }
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(objects_are_found), cmocka_unit_test(damaged_files_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
