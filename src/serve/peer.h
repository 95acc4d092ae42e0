/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_PEER_H
#define GAPMETER_SERVE_PEER_H

#include <netinet/in.h>
#include <stdbool.h>

#include "base/text.h"

/* Who is at the other end: an address without a port. An IPv4 address inside IPv6 (::ffff:192.0.2.1) is the IPv4 one. Kept in
 * memory for ceilings while a request lasts; never stored, never logged. */
struct peer {
    unsigned char bytes[16];
    unsigned length; /* 4 or 16; 0 = not known */
};

/* The address of a socket; not known when it is neither IPv4 nor IPv6. */
void peer_of_socket(const struct sockaddr *address, struct peer *out);

/* Reads "192.0.2.1", "2001:db8::1" or "[2001:db8::1]"; false when the text is anything else. */
bool peer_parse(struct span text, struct peer *out);

/* The same, known address? */
bool peer_equal(const struct peer *a, const struct peer *b);

/* 127.0.0.0/8 or ::1 */
bool peer_is_loopback(const struct peer *peer);

/* What ceilings count by: the IPv4 address, or the /64 of an IPv6 one, of which everybody has plenty. Points at peer. */
struct span peer_name(const struct peer *peer);

/* "127.0.0.1:8080" or "[::1]:0" as an address to listen at; false when the text is anything else. */
bool listen_address_parse(struct span text, struct sockaddr_storage *out, socklen_t *length);

/* The way back; "" when it is neither IPv4 nor IPv6.
 * takes   into  64 bytes at least */
void listen_address_format(const struct sockaddr_storage *address, char *into, size_t size);

#endif
