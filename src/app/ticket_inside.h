/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ticket.c and submission.c share: everything that stands behind a link. Private to app/. */
#ifndef GAPMETER_APP_TICKET_INSIDE_H
#define GAPMETER_APP_TICKET_INSIDE_H

#include "app/form_shelf.h"

/* A link, looked up. */
struct way_found {
    struct ticket ticket;
    const struct version_sheet *sheet; /* NULL when nothing stands behind the link */
    struct token token;                /* of a personal link */
    bool by_token;
    struct encounter encounter; /* of a personal link, or of an API call that names one */
    bool has_encounter;
    uint64_t seed;          /* that the form carried; 0 = none */
    const char *attributes; /* of a door or an API call, for a new encounter */
};

/* Looks a way up and decides its state; fills ticket.form when it is open.
 * takes   language  wanted, or "" */
enum status way_find(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct submission_way *way,
                     const char *language, struct way_found *out) MUST_USE;

/* Do answers that come this way belong to the encounter that it names? In an anonymous study an invitation's encounter ends with
 * its first answer, which goes to a new one that no link and no reply ever named. */
bool way_is_bound(const struct way_found *way);

/* The moment cut to what the study may know: the day where it is anonymous. */
int64_t study_moment(const struct live_study *study, int64_t at_ms);

/* The end of a link's life: where the study is anonymous, the end of that day, so that the moment of making is not told. */
int64_t study_expiry(const struct live_study *study, int64_t from_ms, uint32_t days);

/* A new id of the kind that the study takes: ordered by time, or random where it is anonymous. */
void study_id_make(const struct live_study *study, struct uuid *out);

/* Days in milliseconds. */
#define DAY_MS INT64_C(86400000)

#endif
