/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sizing.h"

#include <math.h>

#include "numeric/sample_size.h"

enum status sizing_make(struct ctx *ctx, const struct sizing_request *request, struct sizing *out)
{
    double dz = request->gap / request->sd;
    double alpha = 1 - request->confidence;
    enum undefined undefined = paired_t_size(dz, request->power, alpha, &out->pairs_one);
    if (!undefined)
        undefined = paired_t_size(dz, request->power, alpha / (double)request->items, &out->pairs_all);
    if (!undefined)
        undefined = margin_size(request->gap, request->sd, request->confidence, &out->pairs_margin);
    if (undefined)
        return ctx_fail(ctx, STATUS_INVALID, NULL,
                        "A gap of %g with a standard deviation of %g is too small to be found with any number of customers.",
                        request->gap, request->sd);
    out->invited_all = (uint64_t)ceil((double)out->pairs_all / request->answer_rate);
    return STATUS_OK;
}
