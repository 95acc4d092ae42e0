/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/code_pairing.h"

#include <string.h>

#include "base/out.h"
#include "store/encounter_rows.h"
#include "store/submission_rows.h"

/* The keyed hash of all fragments but one (left_out 0: of all). */
static enum status fragments_hash(struct ctx *ctx, const struct live_study *study, const struct form_reading *reading,
                                  size_t count, size_t left_out, struct digest *out)
{
    struct out *text = NULL;
    enum status status = out_open_memory(ctx, &text);
    if (status)
        return status;
    out_format(text, "%zu\n", left_out);
    for (size_t i = 0; i < count; i++)
        if (i + 1u != left_out) {
            out_span(text, reading->fragments[i]);
            out_char(text, '\n');
        }
    status = out_close(ctx, text);
    digest_keyed(study->salt, out_bytes(text), out);
    return status;
}

static enum status hashes_make(struct ctx *ctx, const struct way_found *way, const struct form_reading *reading,
                               struct code_match *out)
{
    size_t fragments = way->sheet->collection->fragment_count;
    enum status status = STATUS_OK;
    out->hash_count = fragments + 1u;
    for (size_t left_out = 0; left_out <= fragments && !status; left_out++)
        status = fragments_hash(ctx, &way->ticket.study, reading, fragments, left_out, &out->hashes[left_out]);
    return status;
}

enum status code_pair(struct ctx *ctx, struct store_session *session, struct way_found *way, const struct form_reading *reading,
                      struct code_match *out)
{
    struct uuid *candidates = NULL;
    struct encounter encounter;
    size_t count = 0, exact = 0;
    bool found = false;
    *out = (struct code_match){.paired = false};
    if (!reading->fragments)
        return STATUS_OK;
    enum status status = hashes_make(ctx, way, reading, out);
    const struct code_search search = {
        .study = way->ticket.study.id, .wave = way->ticket.wave, .hashes = out->hashes, .count = out->hash_count};
    if (!status)
        status = code_find(ctx, session, &search, &candidates, &count, &exact);
    if (status || count == 0)
        return status;
    if (exact != 1 && (exact > 1 || count > 1)) {
        out->ambiguous = exact > 1 ? exact : count;
        return STATUS_OK;
    }
    status = encounter_get(ctx, session, &way->ticket.study.id, &candidates[0], &encounter, &found);
    if (!status && found && encounter.version == way->sheet->version &&
        strcmp(encounter.language, way->ticket.form->language) == 0) {
        way->encounter = encounter;
        out->paired = true;
    }
    return status;
}
