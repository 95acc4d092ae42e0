/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions of instruments and their forms, made once and kept by the desk. Private to app/. */
#ifndef GAPMETER_APP_FORM_SHELF_H
#define GAPMETER_APP_FORM_SHELF_H

#include "app/collecting.h"

/* A version of an instrument, read: what its definition says, never changed. */
struct version_sheet {
    struct uuid study_id;
    uint32_t version;
    const struct study *study; /* with its collection */
    const struct collection *collection;
    struct digest consent;
    bool scales_hold; /* what is asked has still the digest that was stored with it */
};

/* The sheet of a version; lives as long as the desk. From any thread.
 * fails   STATUS_DATA when the study has no such version, or it cannot be read any more */
enum status version_sheet_get(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct uuid *study,
                              uint32_t version, const struct version_sheet **out) MUST_USE;

/* A form of a sheet; as desk_form. */
enum status version_sheet_form(struct ctx *ctx, struct desk *desk, const struct version_sheet *sheet, enum wave wave,
                               const char *language, const struct form **out) MUST_USE;

/* Makes the shelf of a desk, when it is opened. */
enum status form_shelf_make(struct ctx *ctx, struct desk *desk) MUST_USE;

#endif
