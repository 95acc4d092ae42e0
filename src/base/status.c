/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/status.h"

#include <assert.h>

struct status_row {
    int exit_code;
    int http_status;
    const char *sentence;
};

static const struct status_row status_rows[STATUS_COUNT] = {
#define STATUS(symbol, exit_code, http_status, sentence) [STATUS_##symbol] = {exit_code, http_status, sentence},
#include "base/status.def"
#undef STATUS
};

int status_exit_code(enum status status)
{
    assert(status < STATUS_COUNT);
    return status_rows[status].exit_code;
}

int status_http(enum status status)
{
    assert(status < STATUS_COUNT);
    return status_rows[status].http_status;
}

const char *status_sentence(enum status status)
{
    assert(status < STATUS_COUNT);
    return status_rows[status].sentence;
}
