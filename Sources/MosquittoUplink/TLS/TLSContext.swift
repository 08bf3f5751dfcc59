import CMosquitto
import ModemSimulator

/// An OpenSSL context that behaves as the SSL context of a module does.
///
/// TLS 1.2 is the newest version, dates are compared with the module's clock or not at all, the host name of the server
/// is not compared, and the name in the greeting is the module's, not the address that the socket was opened with. Old
/// ciphers and short keys are accepted, as modules do. Confined to the thread of one loop.
final class TLSContext {
    enum Failure: Error {
        /// The files: unreadable, incomplete, or key and certificate do not belong together.
        case unusableCredentials
        /// No server can be reached with this version.
        case versionUnavailable
    }

    let pointer: OpaquePointer
    /// Whether a negotiation has been completed.
    private(set) var isNegotiated = false
    private let serverName: String?

    init(_ tls: UplinkTLS) throws(Failure) {
        guard let versions = Self.versions(tls.version) else { throw .versionUnavailable }
        guard let pointer = SSL_CTX_new(TLS_client_method()) else { throw .versionUnavailable }
        self.pointer = pointer
        serverName = tls.serverName
        defer { ERR_clear_error() }
        guard moonwire_ssl_set_versions(pointer, versions.lowerBound, versions.upperBound) == 1,
            SSL_CTX_set_cipher_list(pointer, "DEFAULT:@SECLEVEL=0") == 1
        else { throw .versionUnavailable }
        try setAuthorities(tls)
        try setClientCertificate(tls)
        SSL_CTX_set_ex_data(pointer, 0, Unmanaged.passUnretained(self).toOpaque())
        SSL_CTX_set_info_callback(pointer) { ssl, event, _ in
            guard let ssl, let context = TLSContext.of(ssl) else { return }
            if event & SSL_CB_HANDSHAKE_START != 0 {
                // Before the greeting is built, and after libmosquitto has put the address there.
                _ = moonwire_ssl_set_server_name(ssl, context.serverName)
            } else if event & SSL_CB_HANDSHAKE_DONE != 0 {
                context.isNegotiated = true
            }
        }
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    private static func versions(_ number: Int) -> ClosedRange<Int32>? {
        switch number {
        case 1: TLS1_VERSION...TLS1_VERSION
        case 2: TLS1_1_VERSION...TLS1_1_VERSION
        case 3: TLS1_2_VERSION...TLS1_2_VERSION
        case 4: TLS1_VERSION...TLS1_2_VERSION
        default: nil
        }
    }

    /// The context outlives every connection made from it: `MosquittoHandle` releases it last.
    private static func of(_ ssl: OpaquePointer) -> TLSContext? {
        SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), 0).map {
            Unmanaged<TLSContext>.fromOpaque($0).takeUnretainedValue()
        }
    }

    private func setAuthorities(_ tls: UplinkTLS) throws(Failure) {
        guard tls.verifiesServer else {
            SSL_CTX_set_verify(pointer, SSL_VERIFY_NONE, nil)
            return
        }
        let authorities = tls.ca.map { PEM.certificates($0) } ?? []
        guard !authorities.isEmpty else { throw .unusableCredentials }
        for authority in authorities {
            X509_STORE_add_cert(SSL_CTX_get_cert_store(pointer), authority.pointer)
        }
        SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
        let parameters = SSL_CTX_get0_param(pointer)
        if let date = tls.checksDatesAt {
            X509_VERIFY_PARAM_set_time(parameters, time_t(date))
        } else {
            X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_NO_CHECK_TIME))
        }
    }

    private func setClientCertificate(_ tls: UplinkTLS) throws(Failure) {
        guard tls.certificate != nil || tls.key != nil else { return }
        guard let file = tls.certificate, let keyFile = tls.key else { throw .unusableCredentials }
        let chain = PEM.certificates(file)
        guard let leaf = chain.first, let key = PEM.privateKey(keyFile, password: tls.keyPassword) else {
            throw .unusableCredentials
        }
        guard SSL_CTX_use_certificate(pointer, leaf.pointer) == 1,
            SSL_CTX_use_PrivateKey(pointer, key.pointer) == 1,
            SSL_CTX_check_private_key(pointer) == 1,
            chain.dropFirst().allSatisfy({ moonwire_ssl_add_chain(pointer, $0.pointer) == 1 })
        else { throw .unusableCredentials }
    }
}
