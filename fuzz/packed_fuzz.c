/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a pack. The first byte chooses the study (tests/support/csv_studies.h) and, with its 16's bit, whether the checksums
 * are made right before it is read. Laws: it is refused with a sentence, or gives answers within what the study may have; packing these
 * and reading that again gives the same. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../tests/support/csv_came.h"
#include "../tests/support/csv_studies.h"
#include "../tests/support/packed_mend.h"
#include "formats/packed_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_once(struct csv_came *out, struct span bytes, const struct study *study)
{
    const struct packed_request request = {.path = "answers.pack", .bytes = &bytes};
    enum packed_age age;
    out->status = packed_read(&out->ctx, &request, study, &age, &out->answers);
    assert((out->status == STATUS_OK) == (out->answers != NULL));
    assert(out->answers != NULL || (out->ctx.error.status == out->status && out->ctx.error.sentence[0] != '\0'));
}

static void assert_within(const struct answers *answers)
{
    const struct columns *columns = &answers->study->columns;
    for (uint32_t i = 0; i < answers->encounter_count; i++) {
        const struct answers_chunk *chunk = &answers->chunks[i / ANSWERS_CHUNK_ROWS];
        const uint32_t at = i % ANSWERS_CHUNK_ROWS;
        for (uint32_t slot = 0; slot < answers->slot_count; slot++)
            assert(answers_code(answers, i, slot) <= csv_scales[0].steps);
        assert(answers_respondent_of(answers, i) < answers->respondent_count);
        assert(chunk->clusters == NULL || chunk->clusters[at] < answers->cluster_count);
        assert(chunk->strata == NULL || chunk->strata[at] < answers->stratum_count);
        for (uint32_t s = 0; s < columns->segment_count; s++) {
            const uint16_t value = chunk->segments[at * columns->segment_count + s];
            assert(value == NO_SEGMENT_VALUE || value < answers->segment_value_count[s]);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct csv_came first = {.status = STATUS_OK}, second = {.status = STATUS_OK};
    if (length == 0)
        return 0;
    const struct study *study = &csv_studies[(bytes[0] & 0xFu) % CSV_STUDY_COUNT];
    enum status status = arena_create(NULL, &first.ctx.arena);
    assert(status == STATUS_OK);
    second.ctx.arena = first.ctx.arena;
    unsigned char *copy = malloc(length);
    assert(copy != NULL);
    memcpy(copy, bytes + 1, length - 1);
    if ((bytes[0] & 0x10u) != 0)
        packed_mend(&first.ctx, copy, length - 1, study);
    read_once(&first, (struct span){(const char *)copy, length - 1}, study);
    if (first.answers != NULL) {
        struct span again;
        assert_within(first.answers);
        status = packed_into_memory(&first.ctx, first.answers, &again);
        assert(status == STATUS_OK);
        read_once(&second, again, study);
        assert(second.status == STATUS_OK);
        csv_came_same(&first, &second);
    }
    free(copy);
    arena_destroy(first.ctx.arena);
    return 0;
}
