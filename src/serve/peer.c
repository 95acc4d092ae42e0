/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/peer.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"

enum { TEXT_BYTES = 64, PORT_MAX = 65535, NETWORK_BYTES = 8 };

static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

static void peer_of_ipv6(const unsigned char bytes[16], struct peer *out)
{
    bool inside = memcmp(bytes, mapped, sizeof mapped) == 0;
    *out = (struct peer){.length = inside ? 4 : 16};
    memcpy(out->bytes, inside ? bytes + sizeof mapped : bytes, out->length);
}

void peer_of_socket(const struct sockaddr *address, struct peer *out)
{
    *out = (struct peer){.length = 0};
    if (address != NULL && address->sa_family == AF_INET) {
        struct sockaddr_in of;
        memcpy(&of, address, sizeof of);
        out->length = 4;
        memcpy(out->bytes, &of.sin_addr, 4);
    } else if (address != NULL && address->sa_family == AF_INET6) {
        struct sockaddr_in6 of;
        memcpy(&of, address, sizeof of);
        peer_of_ipv6(of.sin6_addr.s6_addr, out);
    }
}

/* A copy with a NUL, and without the brackets of IPv6; false when it is too long. */
static bool address_text(struct span text, char into[TEXT_BYTES])
{
    if (text.length >= 2 && text.at[0] == '[' && text.at[text.length - 1] == ']')
        text = (struct span){text.at + 1, text.length - 2};
    if (text.length == 0 || text.length >= TEXT_BYTES || memchr(text.at, '\0', text.length) != NULL)
        return false;
    memcpy(into, text.at, text.length);
    into[text.length] = '\0';
    return true;
}

bool peer_parse(struct span text, struct peer *out)
{
    char address[TEXT_BYTES];
    unsigned char bytes[16];
    *out = (struct peer){.length = 0};
    if (!address_text(text, address))
        return false;
    if (inet_pton(AF_INET, address, bytes) == 1) {
        out->length = 4;
        memcpy(out->bytes, bytes, 4);
        return true;
    }
    if (inet_pton(AF_INET6, address, bytes) != 1)
        return false;
    peer_of_ipv6(bytes, out);
    return true;
}

bool peer_equal(const struct peer *a, const struct peer *b)
{
    return a->length == b->length && a->length > 0 && memcmp(a->bytes, b->bytes, a->length) == 0;
}

bool peer_is_loopback(const struct peer *peer)
{
    static const unsigned char one[16] = {[15] = 1};
    if (peer->length == 4)
        return peer->bytes[0] == 127;
    return peer->length == 16 && memcmp(peer->bytes, one, sizeof one) == 0;
}

struct span peer_name(const struct peer *peer)
{
    return (struct span){(const char *)peer->bytes, peer->length == 16 ? NETWORK_BYTES : peer->length};
}

bool listen_address_parse(struct span text, struct sockaddr_storage *out, socklen_t *length)
{
    const char *colon = text.length > 0 ? memrchr(text.at, ':', text.length) : NULL;
    if (colon == NULL)
        return false;
    struct span before = {text.at, (size_t)(colon - text.at)};
    struct span port = {colon + 1, text.length - before.length - 1};
    struct decimal number;
    char address[TEXT_BYTES];
    bool digits = port.length > 0 && port.length <= 5 && port.at[0] >= '0' && port.at[0] <= '9';
    if (!digits || !decimal_parse(port, '.', &number) || number.places > 0 || number.units > PORT_MAX)
        return false;
    if (!address_text(before, address))
        return false;
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)number.units)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)number.units)};
    *out = (struct sockaddr_storage){.ss_family = AF_UNSPEC};
    if (before.at[0] != '[' && inet_pton(AF_INET, address, &four.sin_addr) == 1) {
        memcpy(out, &four, sizeof four);
        *length = sizeof four;
        return true;
    }
    if (before.at[0] != '[' || inet_pton(AF_INET6, address, &six.sin6_addr) != 1)
        return false;
    memcpy(out, &six, sizeof six);
    *length = sizeof six;
    return true;
}

void listen_address_format(const struct sockaddr_storage *address, char *into, size_t size)
{
    char text[TEXT_BYTES] = "";
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    int written = 0;
    memcpy(&four, address, sizeof four);
    memcpy(&six, address, sizeof six);
    if (address->ss_family == AF_INET && inet_ntop(AF_INET, &four.sin_addr, text, sizeof text) != NULL)
        written = snprintf(into, size, "%s:%u", text, ntohs(four.sin_port));
    else if (address->ss_family == AF_INET6 && inet_ntop(AF_INET6, &six.sin6_addr, text, sizeof text) != NULL)
        written = snprintf(into, size, "[%s]:%u", text, ntohs(six.sin6_port));
    if (written <= 0 || (size_t)written >= size)
        into[0] = '\0';
}
