#pragma once
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* How names are printed: on one line, text in UTF-8 as it is. The macros are too complex for Swift's importer. */
static const unsigned long copenssl_name_flags = XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB;
