import CMosquitto
import Glibc

/// The content of a certificate before it is signed.
struct CertificateDraft {
    var subject: String
    var issuer: String
    var validity: TestValidity
    /// Extension numbers of OpenSSL with their values in its configuration language.
    var extensions: [(number: Int32, value: String)]

    /// The signed certificate, PEM.
    func signed(subjectKey: PrivateKey, issuerKey: PrivateKey) throws(TestCertificateError) -> [UInt8] {
        guard let pointer = X509_new() else { throw TestCertificateError("certificate") }
        let certificate = Certificate(pointer)
        X509_set_version(pointer, 2)
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(pointer), UInt64.random(in: 1...UInt64(Int64.max)))
        ASN1_TIME_set(X509_getm_notBefore(pointer), time_t(validity.from))
        ASN1_TIME_set(X509_getm_notAfter(pointer), time_t(validity.to))
        X509_set_pubkey(pointer, subjectKey.pointer)
        setName(subject, X509_get_subject_name(pointer))
        setName(issuer, X509_get_issuer_name(pointer))
        for (number, value) in extensions {
            var context = X509V3_CTX()
            X509V3_set_ctx(&context, pointer, pointer, nil, nil, 0)
            guard let entry = X509V3_EXT_conf_nid(nil, &context, number, value) else {
                throw TestCertificateError(value)
            }
            X509_add_ext(pointer, entry, -1)
            X509_EXTENSION_free(entry)
        }
        guard X509_sign(pointer, issuerKey.pointer, EVP_sha256()) > 0 else { throw TestCertificateError("signature") }
        return try bytes { PEM_write_bio_X509($0, certificate.pointer) }
    }

    private func setName(_ name: String, _ pointer: OpaquePointer?) {
        X509_NAME_add_entry_by_txt(pointer, "CN", MBSTRING_UTF8, name, -1, -1, 0)
    }
}
