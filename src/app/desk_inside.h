/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a desk is made of; private to app/. */
#ifndef GAPMETER_APP_DESK_INSIDE_H
#define GAPMETER_APP_DESK_INSIDE_H

#include "app/desk.h"
#include "store/store.h"

struct form_shelf;

struct desk {
    struct arena *arena; /* lives as long as the desk; used by one thread at a time: whoever keeps things here locks them */
    struct store *store;
    const char *base_address; /* "" = not known */
    struct form_shelf *forms; /* forms made before, see desk_form; NULL until the first */
};

#endif
