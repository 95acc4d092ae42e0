/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/log_reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/scratch_folder.h"

enum { HEADER = 32, FRAME_HEADER = 24, PAGES_MAX = 4096 };

static uint32_t big_endian(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;
    return (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
}

bool log_change_shows(const struct log_change *change, const char *bytes, size_t length, bool after)
{
    const char *const *images = after ? change->after : change->before;
    for (size_t i = 0; i < change->count; i++)
        if (images[i] != NULL && memmem(images[i], change->page_bytes, bytes, length) != NULL)
            return true;
    return false;
}

void log_changes_each(const char *path, void (*each)(void *state, const struct log_change *change), void *state)
{
    static const char *current[PAGES_MAX], *before[PAGES_MAX], *after[PAGES_MAX];
    char name[4096];
    size_t length = 0, count = 0;
    (void)snprintf(name, sizeof name, "%s-wal", path);
    if (access(name, F_OK) != 0)
        return;
    char *bytes = scratch_read(name, &length);
    memset(current, 0, sizeof current);
    size_t page_bytes = length > HEADER ? big_endian(bytes + 8) : 1;
    for (size_t at = HEADER; at + FRAME_HEADER + page_bytes <= length; at += FRAME_HEADER + page_bytes) {
        uint32_t page = big_endian(bytes + at);
        /* Frames of a log that was begun anew have other salts: what lies behind them is older. */
        if (memcmp(bytes + at + 8, bytes + 16, 8) != 0)
            break;
        assert_in_range(page, 1, PAGES_MAX - 1);
        before[count] = current[page];
        after[count++] = bytes + at + FRAME_HEADER;
        current[page] = bytes + at + FRAME_HEADER;
        if (big_endian(bytes + at + 4) == 0)
            continue;
        each(state, &(struct log_change){.before = before, .after = after, .count = count, .page_bytes = page_bytes});
        count = 0;
    }
    free(bytes);
}
