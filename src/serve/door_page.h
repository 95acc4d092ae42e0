/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all pages for respondents have in common: showing a ticket, and taking its answers. */
#ifndef GAPMETER_SERVE_DOOR_PAGE_H
#define GAPMETER_SERVE_DOOR_PAGE_H

#include "app/collecting.h"
#include "serve/exchange.h"

enum door_way { WAY_TOKEN, WAY_STUDY, WAY_DOOR };

/* How a door looks. */
struct door_look {
    enum door_way way;
    const char *path;   /* "/s/": what stands before the secret or name in addresses */
    const char *script; /* NULL = none */
    const char *kind;   /* class of the body */
    bool open;          /* anybody may come */
    bool may_wait;      /* drafts */
    bool again;         /* thanks lead back to an empty form */
};

/* The doors that there are: personal links, open links, kiosks, forms in other pages, and paper entered by staff. */
extern const struct door_look door_look_respondent, door_look_open, door_look_kiosk, door_look_embed, door_look_paper;

/* GET: the form, or what the ticket says instead.
 * takes   exchange  its first part is the secret or the name */
enum status door_page_show(struct exchange *exchange, const struct door_look *look) MUST_USE;

/* POST: records the answers; shows the form again with what was typed, or goes to the thanks. */
enum status door_page_take(struct exchange *exchange, const struct door_look *look) MUST_USE;

#endif
