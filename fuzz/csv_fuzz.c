/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a csv file. The first byte chooses the study (tests/support/csv_studies.h) and, with its 16's bit, a join of the
 * two halves that the first byte 0x1D parts. Laws: reading twice gives the same; so does reading in blocks of one byte; there are
 * never both answers and problems, and never neither without a sentence. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "../tests/support/csv_came.h"
#include "../tests/support/csv_studies.h"
#include "formats/csv_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_once(struct csv_came *out, const struct span *halves, uint8_t options, size_t block_bytes)
{
    const struct study *study = &csv_studies[(options & 0xFu) % CSV_STUDY_COUNT];
    struct csv_request request = {.openings = {{.path = "first", .bytes = &halves[0], .block_bytes = block_bytes},
                                               {.path = "second", .bytes = &halves[1], .block_bytes = block_bytes}},
                                  .count = (options & 0x10u) != 0 ? 2 : 1,
                                  .key = "id"};
    memset(out, 0, sizeof *out);
    enum status status = arena_create(NULL, &out->ctx.arena);
    assert(status == STATUS_OK);
    status = problems_init(&out->ctx, &out->problems, (options & 0x20u) != 0);
    assert(status == STATUS_OK);
    out->status = csv_read(&out->ctx, &request, study, &out->problems, &out->answers);
    if (out->status == STATUS_OK) {
        assert(out->answers != NULL && out->problems.total == 0 && out->answers->encounter_count > 0);
    } else {
        assert(out->answers == NULL && out->ctx.error.status == out->status && out->ctx.error.sentence[0] != '\0');
        assert(out->problems.total == 0 || out->status == STATUS_DATA);
    }
}

/* Every code lies on its scale, whatever the file held. */
static void assert_codes_on_scale(const struct answers *answers)
{
    for (uint32_t encounter = 0; encounter < answers->encounter_count; encounter++) {
        for (uint32_t slot = 0; slot < answers->slot_count; slot++)
            assert(answers_code(answers, encounter, slot) <= csv_scales[0].steps);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    const char *text = (const char *)bytes + 1;
    struct span halves[2] = {{text, length - 1}, {text, 0}};
    const char *cut = length == 1 ? NULL : memchr(text, 0x1D, length - 1);
    if ((bytes[0] & 0x10u) != 0 && cut != NULL) {
        halves[0].length = (size_t)(cut - text);
        halves[1] = (struct span){cut + 1, length - 2 - halves[0].length};
    }
    struct csv_came readings[3];
    static const size_t blocks[] = {0, 0, 1};
    for (size_t i = 0; i < 3; i++)
        read_once(&readings[i], halves, bytes[0], blocks[i]);
    csv_came_same(&readings[0], &readings[1]);
    csv_came_same(&readings[0], &readings[2]);
    if (readings[0].answers != NULL)
        assert_codes_on_scale(readings[0].answers);
    for (size_t i = 0; i < 3; i++)
        arena_destroy(readings[i].ctx.arena);
    return 0;
}
