/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/guessing.h"

#include "base/folder.h"
#include "base/out.h"
#include "formats/reading.h"
#include "instrument/study_file.h"
#include "instrument/study_guess.h"

#define GUESS_ROWS 2000u

enum status guess_answers(struct ctx *ctx, const char *path, struct guess *out)
{
    struct sample *sample = arena_alloc(ctx->arena, sizeof *sample);
    if (!sample)
        return ctx_no_memory(ctx);
    enum status status = answers_sample(ctx, path, GUESS_ROWS, sample);
    return status ? status : study_guess(ctx, sample, out);
}

enum status guess_write(struct ctx *ctx, const struct guess *guess, const char *path, bool replace)
{
    if (!replace && path_exists(path))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "%s exists already; give another name, or --replace.", path);
    struct out *out = NULL;
    enum status status = out_open_file(ctx, path, &out);
    if (!status)
        status = study_write(ctx, guess->study, out);
    return status ? status : out_close(ctx, out);
}
