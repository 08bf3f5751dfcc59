import CMosquitto
import Glibc

/// Certificates and keys as bytes, in PEM or DER.
enum PEM {
    /// The certificates of a file in their order: every PEM block, or one in DER. Empty: the file holds none.
    static func certificates(_ bytes: [UInt8]) -> [Certificate] {
        defer { ERR_clear_error() }
        var found: [Certificate] = []
        withReader(bytes) { reader in
            while let pointer = PEM_read_bio_X509(reader, nil, nil, nil) {
                found.append(Certificate(pointer))
            }
        }
        if found.isEmpty {
            withReader(bytes) { reader in
                if let pointer = d2i_X509_bio(reader, nil) {
                    found.append(Certificate(pointer))
                }
            }
        }
        return found
    }

    /// Nil: no key that can be read, or not with this password.
    static func privateKey(_ bytes: [UInt8], password: [UInt8]?) -> PrivateKey? {
        defer { ERR_clear_error() }
        return withReader(bytes) { reader in
            var password = password ?? []
            let pointer = password.withUnsafeMutableBytes { bytes in
                var secret = bytes
                return withUnsafeMutablePointer(to: &secret) { secret in
                    // Without a callback OpenSSL would ask on the terminal.
                    PEM_read_bio_PrivateKey(reader, nil, { PEM.copyPassword($0, $1, $3) }, secret)
                }
            }
            return pointer.map { PrivateKey($0) }
        } ?? withReader(bytes) { reader in d2i_PrivateKey_bio(reader, nil).map { PrivateKey($0) } }
    }

    private static func copyPassword(
        _ buffer: UnsafeMutablePointer<CChar>?,
        _ size: Int32,
        _ context: UnsafeMutableRawPointer?
    ) -> Int32 {
        guard let buffer, let context else { return -1 }
        let secret = context.assumingMemoryBound(to: UnsafeMutableRawBufferPointer.self).pointee
        guard let start = secret.baseAddress, secret.count > 0, secret.count <= Int(size) else { return -1 }
        memcpy(buffer, start, secret.count)
        return Int32(secret.count)
    }

    @discardableResult
    private static func withReader<R>(_ bytes: [UInt8], _ body: (OpaquePointer) -> R?) -> R? {
        bytes.withUnsafeBytes { buffer in
            guard buffer.count > 0, let reader = BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count)) else {
                return nil
            }
            defer { BIO_free(reader) }
            return body(reader)
        }
    }
}

/// Owns one X.509 certificate of OpenSSL.
final class Certificate {
    let pointer: OpaquePointer
    init(_ pointer: OpaquePointer) { self.pointer = pointer }
    deinit { X509_free(pointer) }
}

/// Owns one private key of OpenSSL.
final class PrivateKey {
    let pointer: OpaquePointer
    init(_ pointer: OpaquePointer) { self.pointer = pointer }
    deinit { EVP_PKEY_free(pointer) }
}
