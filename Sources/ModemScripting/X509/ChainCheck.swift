import COpenSSL

/// Whether a certificate leads to an authority. Dates are left out: they are checked in words of their own.
enum ChainCheck {
    /// - Parameters:
    ///   - certificate: PEM of the certificate itself.
    ///   - intermediates: PEM of those that may stand between.
    ///   - authorities: PEM of what is trusted; need not be self-issued.
    /// - Returns: nil when the chain holds, else the library's words.
    static func problem(certificate: [UInt8], intermediates: [[UInt8]], authorities: [[UInt8]]) -> String? {
        guard let store = X509_STORE_new() else { return "out of memory" }
        defer { X509_STORE_free(store) }
        for authority in authorities {
            // The store takes a reference of its own.
            _ = OpenSSLReader.withCertificate(pem: authority) { X509_STORE_add_cert(store, $0) }
        }
        guard let untrusted = OPENSSL_sk_new_null() else { return "out of memory" }
        defer { free(untrusted) }
        for intermediate in intermediates {
            _ = OpenSSLReader.withCertificate(pem: intermediate) { certificate in
                X509_up_ref(certificate)
                OPENSSL_sk_push(untrusted, UnsafeRawPointer(certificate))
            }
        }
        let answer = OpenSSLReader.withCertificate(pem: certificate) { verify($0, untrusted, store) }
        ERR_clear_error()
        return answer ?? "it is no certificate"
    }

    private static func verify(_ certificate: OpaquePointer, _ untrusted: OpaquePointer, _ store: OpaquePointer)
        -> String?
    {
        guard let context = X509_STORE_CTX_new() else { return "out of memory" }
        defer { X509_STORE_CTX_free(context) }
        guard X509_STORE_CTX_init(context, store, certificate, untrusted) == 1 else { return "out of memory" }
        X509_STORE_CTX_set_flags(context, UInt(X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_PARTIAL_CHAIN))
        guard X509_verify_cert(context) != 1 else { return nil }
        let code = X509_STORE_CTX_get_error(context)
        guard let text = X509_verify_cert_error_string(Int(code)) else { return "error \(code)" }
        return String(cString: text)
    }

    /// The certificates and the list itself.
    private static func free(_ list: OpaquePointer) {
        while let item = OPENSSL_sk_pop(list) {
            X509_free(OpaquePointer(item))
        }
        OPENSSL_sk_free(list)
    }
}
