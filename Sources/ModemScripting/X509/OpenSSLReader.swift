import COpenSSL

/// Reads certificates and keys with OpenSSL. Every object lives within one call; what comes out are values.
enum OpenSSLReader {
    /// The certificate in a PEM block, or nil when it is none.
    static func certificate(pem: [UInt8]) -> CertificateFacts? {
        withCertificate(pem: pem, facts)
    }

    static func certificate(der: [UInt8]) -> CertificateFacts? {
        withCertificate(der: der, facts)
    }

    static func withCertificate<Value>(pem: [UInt8], _ body: (OpaquePointer) -> Value) -> Value? {
        withInput(pem) { input in
            guard let certificate = PEM_read_bio_X509(input, nil, noPassword, nil) else { return nil }
            defer { X509_free(certificate) }
            return body(certificate)
        }
    }

    static func withCertificate<Value>(der: [UInt8], _ body: (OpaquePointer) -> Value) -> Value? {
        withInput(der) { input in
            guard let certificate = d2i_X509_bio(input, nil) else { return nil }
            defer { X509_free(certificate) }
            return body(certificate)
        }
    }

    /// The key in a PEM block; nil: it cannot be read, or is encrypted.
    static func key(pem: [UInt8]) -> (type: String, bits: Int, publicKeySHA256: String)? {
        withInput(pem) { input in
            guard let key = PEM_read_bio_PrivateKey(input, nil, noPassword, nil) else { return nil }
            defer { EVP_PKEY_free(key) }
            return (type(of: key), Int(EVP_PKEY_get_bits(key)), fingerprint(of: key))
        }
    }

    static func key(der: [UInt8]) -> (type: String, bits: Int, publicKeySHA256: String)? {
        withInput(der) { input in
            guard let key = d2i_PrivateKey_bio(input, nil) else { return nil }
            defer { EVP_PKEY_free(key) }
            return (type(of: key), Int(EVP_PKEY_get_bits(key)), fingerprint(of: key))
        }
    }

    /// Without it OpenSSL would ask on the terminal.
    private static let noPassword:
        @convention(c) (
            UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?
        ) -> Int32 = { _, _, _, _ in -1 }

    private static func withInput<Value>(_ bytes: [UInt8], _ body: (OpaquePointer) -> Value?) -> Value? {
        bytes.withUnsafeBytes { buffer in
            guard let input = BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count)) else { return nil }
            defer { BIO_free(input) }
            let value = body(input)
            // What failed has left its reasons in the thread's queue, where they would confuse others.
            ERR_clear_error()
            return value
        }
    }

    private static func type(of key: OpaquePointer) -> String {
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_RSA: "rsa"
        case EVP_PKEY_EC: "ec"
        case EVP_PKEY_ED25519: "ed25519"
        default: "other"
        }
    }

    private static func fingerprint(of key: OpaquePointer) -> String {
        encoded { i2d_PUBKEY(key, $0) }.map(SHA256.hex) ?? ""
    }

    private static func encoded(_ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Int32) -> [UInt8]? {
        var start: UnsafeMutablePointer<UInt8>?
        let count = write(&start)
        guard count > 0, let memory = start else { return nil }
        defer { CRYPTO_free(memory, #file, #line) }
        return Array(UnsafeBufferPointer(start: memory, count: Int(count)))
    }

    private static func facts(_ certificate: OpaquePointer) -> CertificateFacts {
        let key = X509_get0_pubkey(certificate)
        let subject = X509_get_subject_name(certificate)
        let issuer = X509_get_issuer_name(certificate)
        return CertificateFacts(
            subject: oneLine(subject),
            issuer: oneLine(issuer),
            commonName: commonName(subject),
            notBefore: seconds(X509_get0_notBefore(certificate)),
            notAfter: seconds(X509_get0_notAfter(certificate)),
            keyType: key.map(type(of:)) ?? "other",
            keyBits: key.map { Int(EVP_PKEY_get_bits($0)) } ?? 0,
            alternativeNames: alternativeNames(certificate),
            isAuthority: X509_check_ca(certificate) == 1,
            isSelfIssued: X509_NAME_cmp(subject, issuer) == 0,
            serial: serial(certificate),
            sha256: encoded { i2d_X509(certificate, $0) }.map(SHA256.hex) ?? "",
            publicKeySHA256: key.map(fingerprint(of:)) ?? ""
        )
    }

    private static func printed(_ write: (OpaquePointer) -> Void) -> String {
        guard let output = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(output) }
        write(output)
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 512)
        while true {
            let count = BIO_read(output, &chunk, Int32(chunk.count))
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += chunk[..<Int(count)]
        }
    }

    private static func oneLine(_ name: OpaquePointer?) -> String {
        printed { output in
            _ = X509_NAME_print_ex(output, name, 0, copenssl_name_flags)
        }
    }

    private static func commonName(_ name: OpaquePointer?) -> String? {
        var last: Int32 = -1
        while true {
            let next = X509_NAME_get_index_by_NID(name, NID_commonName, last)
            guard next >= 0 else { break }
            last = next
        }
        guard last >= 0, let entry = X509_NAME_get_entry(name, last), let data = X509_NAME_ENTRY_get_data(entry)
        else { return nil }
        var start: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&start, data)
        guard count >= 0, let memory = start else { return nil }
        defer { CRYPTO_free(memory, #file, #line) }
        return String(decoding: UnsafeBufferPointer(start: memory, count: Int(count)), as: UTF8.self)
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int {
        var civil = tm()
        guard ASN1_TIME_to_tm(time, &civil) == 1 else { return 0 }
        return timegm(&civil)
    }

    private static func serial(_ certificate: OpaquePointer) -> String {
        let number = X509_get0_serialNumber(certificate)
        return printed { _ = i2a_ASN1_INTEGER($0, number) }.lowercased()
    }

    /// As the library prints the extension, split at its commas.
    private static func alternativeNames(_ certificate: OpaquePointer) -> [String] {
        let index = X509_get_ext_by_NID(certificate, NID_subject_alt_name, -1)
        guard index >= 0, let value = X509_get_ext(certificate, index) else { return [] }
        let text = printed { _ = X509V3_EXT_print($0, value, 0, 0) }
        return text.split(separator: ",").map { name in
            let trimmed = String(name.drop { $0 == " " || $0 == "\n" })
            return trimmed.hasPrefix("IP Address:") ? "IP:" + trimmed.dropFirst("IP Address:".count) : trimmed
        }
    }
}
