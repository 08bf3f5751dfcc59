import CMosquitto

/// A return code of libmosquitto (`mosq_err_t`).
struct MosquittoCode: RawRepresentable, Equatable, Sendable {
    let rawValue: Int32

    static let success = Self(MOSQ_ERR_SUCCESS)
    /// A non-blocking connect is under way.
    static let pending = Self(MOSQ_ERR_CONN_PENDING)
    static let protocolError = Self(MOSQ_ERR_PROTOCOL)
    static let malformedPacket = Self(MOSQ_ERR_MALFORMED_PACKET)
    /// A topic, identifier or user name is not UTF-8 as MQTT defines it.
    static let malformedText = Self(MOSQ_ERR_MALFORMED_UTF8)
    static let invalid = Self(MOSQ_ERR_INVAL)
    static let negotiation = Self(MOSQ_ERR_TLS)

    init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    private init(_ code: mosq_err_t) {
        self.init(rawValue: Int32(code.rawValue))
    }
}
