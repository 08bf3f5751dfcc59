#pragma once

#include <mosquitto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// Not in Swift's Glibc module.
#include <sys/eventfd.h>

/// `POLLRDHUP`, which <poll.h> shows only to GNU sources.
static const short moonwire_poll_peer_closed = 0x2000;
