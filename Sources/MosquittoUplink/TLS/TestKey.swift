import CMosquitto

/// The kind of a key that is made at run time.
package enum TestKey: Equatable, Sendable {
    /// Takes some ten milliseconds, now and then a few hundred.
    case rsa2048
    /// Well below a millisecond.
    case p256

    func make() throws(TestCertificateError) -> PrivateKey {
        let pointer =
            switch self {
            case .rsa2048: moonwire_rsa_key(2048)
            case .p256: moonwire_ec_key()
            }
        guard let pointer else { throw TestCertificateError("key") }
        return PrivateKey(pointer)
    }
}

/// OpenSSL could not make or sign something.
package struct TestCertificateError: Error, CustomStringConvertible {
    package var what: String

    init(_ what: String) {
        self.what = what
        ERR_clear_error()
    }

    package var description: String { "OpenSSL cannot make a test certificate: \(what)" }
}

extension PrivateKey {
    /// `BEGIN RSA PRIVATE KEY` or `BEGIN EC PRIVATE KEY`, encrypted when there is a password.
    func pem(password: String? = nil) throws(TestCertificateError) -> [UInt8] {
        let cipher = password == nil ? nil : EVP_aes_128_cbc()
        var secret = Array((password ?? "").utf8)
        return try bytes { memory in
            PEM_write_bio_PrivateKey_traditional(memory, pointer, cipher, &secret, Int32(secret.count), nil, nil)
        }
    }
}

/// What OpenSSL writes into memory.
func bytes(_ write: (OpaquePointer) -> Int32) throws(TestCertificateError) -> [UInt8] {
    guard let memory = BIO_new(BIO_s_mem()) else { throw TestCertificateError("memory") }
    defer { BIO_free(memory) }
    guard write(memory) == 1 else { throw TestCertificateError("PEM") }
    var out = [UInt8](repeating: 0, count: Int(BIO_ctrl_pending(memory)))
    let count = BIO_read(memory, &out, Int32(out.count))
    return Array(out.prefix(Int(max(0, count))))
}
