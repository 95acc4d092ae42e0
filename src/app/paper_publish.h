/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_PAPER_PUBLISH_H
#define GAPMETER_APP_PAPER_PUBLISH_H

#include "base/ctx.h"
#include "model/collection.h"
#include "model/study.h"

/* Which form goes to paper. */
struct paper_request {
    enum wave wave;
    const char *language; /* NULL: the study's own */
    const char *link;     /* of the same form on a phone, shown as a QR code; NULL = none */
};

/* Writes a form of a study file as a PDF.
 * takes   study_path  the study file
 *         path        of the PDF; replaced only when all bytes are safe
 * fails   STATUS_INVALID  the study does not ask this wave, or does not speak the language, naming those that it speaks
 *         as study_read_file, form_make, printed_form_write
 * proof   tests/cli/paper_test.sh */
enum status paper_publish_file(struct ctx *ctx, const char *study_path, const struct paper_request *request,
                               const char *path) MUST_USE;

/* The same of a live study, in the newest version of its instrument. A server may be writing the store.
 * takes   store  its path
 *         name   of the study
 * fails   STATUS_NO_INPUT  there is no such study; as desk_open */
enum status paper_publish_live(struct ctx *ctx, const char *store, const char *name, const struct paper_request *request,
                               const char *path) MUST_USE;

/* The same of a study that was read, when it asks the wave; nothing otherwise.
 * gives   *written  there is such a form */
enum status paper_publish_study(struct ctx *ctx, const struct study *study, enum wave wave, const char *path,
                                bool *written) MUST_USE;

#endif
