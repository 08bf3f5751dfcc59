#pragma once

#include <mosquitto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// Not in Swift's Glibc module.
#include <sys/eventfd.h>

/// `POLLRDHUP`, which <poll.h> shows only to GNU sources.
static const short moonwire_poll_peer_closed = 0x2000;

// OpenSSL offers these as macros, which Swift does not see.

static inline int moonwire_ssl_set_versions(SSL_CTX *context, int minimum, int maximum) {
    return SSL_CTX_set_min_proto_version(context, minimum) && SSL_CTX_set_max_proto_version(context, maximum);
}

static inline int moonwire_ssl_add_chain(SSL_CTX *context, X509 *certificate) {
    return SSL_CTX_add1_chain_cert(context, certificate) == 1;
}

/// A null name sends none.
static inline int moonwire_ssl_set_server_name(const SSL *ssl, const char *name) {
    return SSL_set_tlsext_host_name((SSL *)ssl, name) == 1;
}

static inline EVP_PKEY *moonwire_rsa_key(unsigned int bits) { return EVP_RSA_gen(bits); }

static inline EVP_PKEY *moonwire_ec_key(void) { return EVP_EC_gen("P-256"); }
