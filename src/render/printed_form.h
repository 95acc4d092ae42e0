/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_PRINTED_FORM_H
#define GAPMETER_RENDER_PRINTED_FORM_H

#include "base/out.h"
#include "model/form.h"

/* A form to be printed and filled in with a pen. */
struct printed_form {
    const struct form *form;
    const char *link; /* where the same form can be answered by phone, shown with its QR code; NULL = nowhere */
};

/* Writes the form as a PDF of A4: its questions in the order of the page on which staff type it in (kind "paper" of a door), a circle
 * for each point of a scale, boxes and lines for the rest, what is kept and why, and a field for the number that pairs both forms of
 * one person. Questions that are not asked are left out.
 * takes   out  any
 * fails   STATUS_MEMORY; STATUS_INVALID when the link is too long for a QR code; STATUS_UNAVAILABLE when the system has no fonts
 * proof   tests/cli/paper_test.sh, tests/render/paper_answers_test.c */
enum status printed_form_write(struct ctx *ctx, const struct printed_form *paper, struct out *out) MUST_USE;

#endif
