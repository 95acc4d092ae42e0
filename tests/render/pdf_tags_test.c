/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_tags.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/job_fixture.h"
#include "support/pdf_reading.h"

/* A file with two pages, whose objects are 1 and 2; the tag around all is 3. */
static void tags_begin(struct job *job, struct out **out, struct pdf_file **file, struct pdf_tags **tags)
{
    job_begin(job);
    assert_ok(job, out_open_memory(&job->ctx, out));
    assert_ok(job, pdf_file_begin(&job->ctx, *out, file));
    assert_int_equal(pdf_file_numbers(*file, 2), 1);
    assert_ok(job, pdf_tags_create(&job->ctx, *file, 1, 2, tags));
}

static struct span tags_end(struct job *job, struct out *out, struct pdf_file *file, struct pdf_tags *tags)
{
    uint32_t root = 0;
    assert_ok(job, pdf_tags_write(tags, &root));
    assert_ok(job, pdf_file_end(file, root, root));
    return pdf_unpacked(job, out_bytes(out));
}

static void content_add(struct job *job, struct pdf_tags *tags, const char *tag, uint32_t page, uint32_t wanted)
{
    const char *name = NULL;
    uint32_t mark = 0;
    assert_ok(job, pdf_tag_begin(tags, tag, NULL));
    assert_ok(job, pdf_tag_content(tags, page, &name, &mark));
    assert_string_equal(name, tag);
    assert_int_equal(mark, wanted);
    pdf_tag_end(tags);
}

/* Heads in the first row of a table are those of columns, others of rows; a mark on a page leads to its tag and back. */
static void a_table_is_a_tree(void **state)
{
    struct job job;
    struct out *out = NULL;
    struct pdf_file *file = NULL;
    struct pdf_tags *tags = NULL;
    const char *name = "";
    uint32_t mark = 0;
    (void)state;
    tags_begin(&job, &out, &file, &tags);
    assert_ok(&job, pdf_tag_begin(tags, "Table", NULL)); /* 4 */
    content_add(&job, tags, "Caption", 0, 0);            /* 5 */
    assert_ok(&job, pdf_tag_content(tags, 0, &name, &mark));
    assert_null(name);                                /* between the rows nothing is read */
    assert_ok(&job, pdf_tag_begin(tags, "TR", NULL)); /* 6 */
    content_add(&job, tags, "TH", 0, 1);              /* 7 */
    pdf_tag_end(tags);
    assert_ok(&job, pdf_tag_begin(tags, "TR", NULL)); /* 8 */
    content_add(&job, tags, "TH", 1, 0);              /* 9 */
    content_add(&job, tags, "TD", 1, 1);              /* 10 */
    pdf_tag_end(tags);
    pdf_tag_end(tags);
    struct span pdf = tags_end(&job, out, file, tags);
    static const char *const parts[] = {"<</S/Document/P 12 0 R/K 4 0 R>>",
                                        "<</S/Table/P 3 0 R/K[5 0 R 6 0 R 8 0 R]>>",
                                        "<</S/Caption/P 4 0 R/Pg 1 0 R/K 0>>",
                                        "<</S/TR/P 4 0 R/K 7 0 R>>",
                                        "<</S/TH/P 6 0 R/Pg 1 0 R/A<</O/Table/Scope/Column>>/K 1>>",
                                        "<</S/TR/P 4 0 R/K[9 0 R 10 0 R]>>",
                                        "<</S/TH/P 8 0 R/Pg 2 0 R/A<</O/Table/Scope/Row>>/K 0>>",
                                        "<</S/TD/P 8 0 R/Pg 2 0 R/K 1>>",
                                        "<</Nums[0[5 0 R 7 0 R ]1[9 0 R 10 0 R ]]>>",
                                        "<</Type/StructTreeRoot/K 3 0 R/ParentTree 11 0 R/ParentTreeNextKey 2>>"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (pdf_count(pdf, parts[i]) != 1)
            fail_msg("%s is not there", parts[i]);
    }
    job_end(&job);
}

/* A text that goes on on the next page, a link, and a figure with its words. */
static void tags_reach_over_pages(void **state)
{
    struct job job;
    struct out *out = NULL;
    struct pdf_file *file = NULL;
    struct pdf_tags *tags = NULL;
    const char *name = NULL;
    uint32_t mark = 0, key = 0;
    (void)state;
    tags_begin(&job, &out, &file, &tags);
    assert_ok(&job, pdf_tag_begin(tags, "Link", NULL)); /* 4 */
    assert_ok(&job, pdf_tag_content(tags, 0, &name, &mark));
    assert_ok(&job, pdf_tag_annotation(tags, 0, 77, &key));
    assert_int_equal(key, 2); /* behind the pages */
    assert_ok(&job, pdf_tag_content(tags, 1, &name, &mark));
    assert_int_equal(mark, 0);
    pdf_tag_end(tags);
    assert_ok(&job, pdf_tag_begin(tags, "Figure", "Gaps (all)")); /* 5 */
    pdf_tag_end(tags);
    pdf_tag_end(tags); /* one too many changes nothing */
    pdf_tag_end(tags);
    struct span pdf = tags_end(&job, out, file, tags);
    static const char *const parts[] = {
        "<</S/Link/P 3 0 R/Pg 1 0 R/K[0 <</Type/OBJR/Pg 1 0 R/Obj 77 0 R>> <</Type/MCR/Pg 2 0 R/MCID 0>>]>>",
        "<</S/Figure/P 3 0 R/Alt(Gaps \\(all\\))>>", "<</Nums[0[4 0 R ]1[4 0 R ]2 4 0 R ]>>"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (pdf_count(pdf, parts[i]) != 1)
            fail_msg("%s is not there", parts[i]);
    }
    job_end(&job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(a_table_is_a_tree), cmocka_unit_test(tags_reach_over_pages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
