/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/out.h"
#include "support/job_fixture.h"

enum { GOLDEN_BYTES_MAX = 4 << 20, PATH_BYTES = 512 };

static void golden_write(const char *path, struct span bytes)
{
    struct job job;
    struct out *out = NULL;
    job_begin(&job);
    assert_ok(&job, out_open_file(&job.ctx, path, &out));
    out_span(out, bytes);
    assert_ok(&job, out_close(&job.ctx, out));
    job_end(&job);
    print_message("wrote %s\n", path);
}

/* The line in which a place stands, and which one it is. */
static struct span line_at(struct span text, size_t place, unsigned *number)
{
    size_t begin = 0;
    *number = 1;
    for (size_t i = 0; i < place && i < text.length; i++) {
        if (text.at[i] == '\n') {
            begin = i + 1;
            ++*number;
        }
    }
    const char *end = begin < text.length ? memchr(text.at + begin, '\n', text.length - begin) : NULL;
    return (struct span){.at = text.at + begin, .length = end ? (size_t)(end - text.at) - begin : text.length - begin};
}

static void difference_tell(const char *name, struct span kept, struct span now)
{
    size_t same = 0;
    unsigned number = 0;
    while (same < kept.length && same < now.length && kept.at[same] == now.at[same])
        same++;
    if (same == kept.length && same == now.length)
        return;
    struct span was = line_at(kept, same, &number), is = line_at(now, same, &number);
    fail_msg("tests/golden/%s, line %u, was:\n%.*s\nis now:\n%.*s\nIf that is meant, ./dev golden writes the file anew.", name,
             number, (int)was.length, was.at, (int)is.length, is.at);
}

void golden_assert(const char *name, struct span bytes)
{
    char path[PATH_BYTES];
    const char *wish = getenv("GAPMETER_GOLDEN");
    (void)snprintf(path, sizeof path, "%s/tests/golden/%s", GAPMETER_SOURCE_DIR, name);
    if (wish && strcmp(wish, "refresh") == 0) {
        golden_write(path, bytes);
        return;
    }
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s is not there; ./dev golden writes it", path);
    char *kept = malloc(GOLDEN_BYTES_MAX);
    assert_non_null(kept);
    size_t length = fread(kept, 1, GOLDEN_BYTES_MAX, file);
    (void)fclose(file);
    difference_tell(name, (struct span){.at = kept, .length = length}, bytes);
    free(kept);
}
