/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the address of a request; the first byte chooses the method. Laws: the router says what a tiny reference says
 * (tests/support/router_reference.h); the query's fields are valid UTF-8 without NUL, or refused with a sentence. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "../tests/support/router_reference.h"
#include "serve/accepted_language.h"
#include "serve/url_decoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void assert_text(struct span text)
{
    size_t bad;
    assert(text_utf8_valid(text, &bad));
    assert(text.length == 0 || memchr(text.at, '\0', text.length) == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "TRACE"};
    const struct route *list[REFERENCE_ROUTES];
    struct router *router = NULL;
    struct ctx ctx = {.threads = 1};
    char target[REFERENCE_BYTES] = "/";
    if (length == 0 || length >= sizeof target)
        return 0;
    memcpy(target + 1, bytes + 1, length - 1);
    for (size_t i = 0; i < REFERENCE_ROUTES; i++)
        list[i] = &reference_routes[i];
    enum status status = arena_create(NULL, &ctx.arena);
    assert(status == STATUS_OK);
    status = router_make(&ctx, list, REFERENCE_ROUTES, &router);
    assert(status == STATUS_OK);
    assert(reference_agrees(router, &ctx, methods[bytes[0] % 6], (struct span){target, length}));
    const struct form_field *fields = NULL;
    size_t count = 0;
    status = url_fields(&ctx, (struct span){target, length}, 64, &fields, &count);
    assert(status == STATUS_OK || (status == STATUS_INVALID && ctx.error.sentence[0] != '\0'));
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        assert_text(fields[i].name);
        assert_text(fields[i].value);
    }
    (void)accepted_language(&ctx, (struct span){target, length}, NULL, NULL);
    arena_destroy(ctx.arena);
    return 0;
}
