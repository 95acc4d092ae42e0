/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/renderer.h"

const struct renderer *renderer_for_extension(struct span extension)
{
    for (size_t i = 0; i < renderer_register_count; i++) {
        const char *own = renderer_register[i]->extension;
        if (own != NULL && span_equal_caseless(extension, span_of(own)))
            return renderer_register[i];
    }
    return NULL;
}

const struct renderer *renderer_find(struct span name)
{
    for (size_t i = 0; i < renderer_register_count; i++) {
        if (span_is(name, renderer_register[i]->name))
            return renderer_register[i];
    }
    return NULL;
}
