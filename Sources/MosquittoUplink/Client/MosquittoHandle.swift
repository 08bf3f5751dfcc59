import CMosquitto
import Glibc
import ModemSimulator

/// One libmosquitto client, made for one connection.
///
/// Confined to the thread of its loop. Callbacks arrive inside the calls below; they only note what happened, so no
/// decision is ever taken under a C frame, and the answer to a request is never seen before its packet identifier is
/// known. Nothing reconnects.
final class MosquittoHandle {
    private let client: OpaquePointer
    private var happenings: [Happening] = []
    /// Released after the client, whose farewell may still look at it.
    private let tls: TLSContext?

    /// - Throws: `malformedText` or `invalid` if libmosquitto refuses an identifier, user name or will.
    init(_ connection: UplinkConnection, codec: TopicCodec, tls: TLSContext?) throws(MosquittoRefusal) {
        LibraryInitialisation.once
        var identifier = connection.clientID.map { CChar(bitPattern: $0) }
        identifier.append(0)
        guard let client = mosquitto_new(identifier, connection.cleanSession, nil) else {
            throw MosquittoRefusal(code: .invalid)
        }
        self.client = client
        self.tls = tls
        mosquitto_user_data_set(client, Unmanaged.passUnretained(self).toOpaque())
        mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, connection.version == 3 ? 3 : 4)
        mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1)
        if let tls {
            mosquitto_void_option(client, MOSQ_OPT_SSL_CTX, UnsafeMutableRawPointer(tls.pointer))
            mosquitto_int_option(client, MOSQ_OPT_SSL_CTX_WITH_DEFAULTS, 0)
        }
        setCallbacks()
        try setCredentials(connection)
        if let will = connection.will {
            try setWill(will, codec: codec)
        }
    }

    deinit {
        mosquitto_destroy(client)
    }

    /// -1 when there is none.
    var descriptor: Int32 { mosquitto_socket(client) }

    /// Whether there is something to write; during a negotiation OpenSSL decides, for libmosquitto would then ask for
    /// a writable socket all the time.
    var wantsWrite: Bool {
        guard let tls, !tls.isNegotiated else { return mosquitto_want_write(client) }
        return mosquitto_ssl_get(client).map { SSL_want(OpaquePointer($0)) == SSL_WRITING } ?? false
    }

    /// Whether the TLS negotiation is complete; true without TLS.
    var isNegotiated: Bool { tls?.isNegotiated ?? true }

    /// What was reported since the last call, oldest first.
    func takeHappenings() -> [Happening] {
        defer { happenings.removeAll(keepingCapacity: true) }
        return happenings
    }

    /// Begins to connect without waiting. `address` is numeric: no name is looked up here.
    func connect(address: String, port: Int, keepAlive: Int) -> MosquittoCode {
        // libmosquitto takes no interval of 1 to 4 seconds.
        let interval = keepAlive == 0 ? 0 : min(max(keepAlive, 5), 65535)
        return MosquittoCode(rawValue: mosquitto_connect_async(client, address, Int32(port), Int32(interval)))
    }

    func read() -> MosquittoCode { MosquittoCode(rawValue: mosquitto_loop_read(client, 1)) }

    func write() -> MosquittoCode { MosquittoCode(rawValue: mosquitto_loop_write(client, 1)) }

    /// Sends a PINGREQ when one is due. Not to be called before CONNACK, for it would close the socket.
    func tick() -> MosquittoCode { MosquittoCode(rawValue: mosquitto_loop_misc(client)) }

    func disconnect() -> MosquittoCode { MosquittoCode(rawValue: mosquitto_disconnect(client)) }

    func publish(_ message: UplinkMessage, topic: [UInt8]) -> Result<Int32, MosquittoRefusal> {
        var identifier: Int32 = 0
        let code = message.payload.withUnsafeBytes { payload in
            withCString(topic) { text in
                mosquitto_publish(
                    client,
                    &identifier,
                    text,
                    Int32(payload.count),
                    payload.baseAddress,
                    Int32(message.qos),
                    message.retain
                )
            }
        }
        return result(code, identifier)
    }

    /// One SUBSCRIBE packet; libmosquitto gives all filters of a packet the same QoS.
    func subscribe(_ filters: [[UInt8]], qos: UInt8) -> Result<Int32, MosquittoRefusal> {
        var identifier: Int32 = 0
        let code = withCStrings(filters) { texts in
            mosquitto_subscribe_multiple(client, &identifier, Int32(filters.count), texts, Int32(qos), 0, nil)
        }
        return result(code, identifier)
    }

    func unsubscribe(_ filters: [[UInt8]]) -> Result<Int32, MosquittoRefusal> {
        var identifier: Int32 = 0
        let code = withCStrings(filters) { texts in
            mosquitto_unsubscribe_multiple(client, &identifier, Int32(filters.count), texts, nil)
        }
        return result(code, identifier)
    }

    fileprivate func note(_ happening: Happening) {
        happenings.append(happening)
    }

    private func result(_ code: Int32, _ identifier: Int32) -> Result<Int32, MosquittoRefusal> {
        let code = MosquittoCode(rawValue: code)
        return code == .success ? .success(identifier) : .failure(MosquittoRefusal(code: code))
    }

    private func setCredentials(_ connection: UplinkConnection) throws(MosquittoRefusal) {
        guard let user = connection.user else { return }
        let code = withCString(user) { user in
            guard let password = connection.password else { return mosquitto_username_pw_set(client, user, nil) }
            return withCString(password) { mosquitto_username_pw_set(client, user, $0) }
        }
        guard code == MosquittoCode.success.rawValue else { throw MosquittoRefusal(code: .init(rawValue: code)) }
    }

    private func setWill(_ will: UplinkMessage, codec: TopicCodec) throws(MosquittoRefusal) {
        guard let topic = codec.encoded(will.topic) else { throw MosquittoRefusal(code: .malformedText) }
        let code = will.payload.withUnsafeBytes { payload in
            withCString(topic) { text in
                mosquitto_will_set(
                    client,
                    text,
                    Int32(payload.count),
                    payload.baseAddress,
                    Int32(will.qos),
                    will.retain
                )
            }
        }
        guard code == MosquittoCode.success.rawValue else { throw MosquittoRefusal(code: .init(rawValue: code)) }
    }

    private func setCallbacks() {
        mosquitto_connect_callback_set(client) { _, context, code in
            MosquittoHandle.from(context)?.note(.acknowledged(Int(code)))
        }
        mosquitto_disconnect_callback_set(client) { _, context, _ in
            MosquittoHandle.from(context)?.note(.closed)
        }
        mosquitto_publish_callback_set(client) { _, context, identifier in
            MosquittoHandle.from(context)?.note(.published(identifier))
        }
        mosquitto_subscribe_callback_set(client) { _, context, identifier, count, granted in
            let codes = UnsafeBufferPointer(start: granted, count: Int(count)).map { UInt8(truncatingIfNeeded: $0) }
            MosquittoHandle.from(context)?.note(.subscribed(identifier, granted: codes))
        }
        mosquitto_unsubscribe_callback_set(client) { _, context, identifier in
            MosquittoHandle.from(context)?.note(.unsubscribed(identifier))
        }
        mosquitto_message_callback_set(client) { _, context, message in
            guard let message = message?.pointee, let topic = message.topic else { return }
            let text = UnsafeRawBufferPointer(start: topic, count: strlen(topic))
            let payload = UnsafeRawBufferPointer(start: message.payload, count: Int(message.payloadlen))
            MosquittoHandle.from(context)?.note(
                .message(
                    UplinkMessage(
                        topic: Array(text),
                        payload: Array(payload),
                        qos: UInt8(message.qos),
                        retain: message.retain
                    )
                )
            )
        }
    }

    /// The handle outlives every callback: they run only inside its own methods.
    private static func from(_ context: UnsafeMutableRawPointer?) -> MosquittoHandle? {
        context.map { Unmanaged<MosquittoHandle>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// Why libmosquitto did not take a request.
struct MosquittoRefusal: Error, Equatable {
    var code: MosquittoCode
}

private enum LibraryInitialisation {
    /// Once in the life of a process, and never undone: other handles may exist at any time.
    static let once: Void = {
        mosquitto_lib_init()
    }()
}

private func withCString<R>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> R) -> R {
    var text = ContiguousArray<CChar>()
    text.reserveCapacity(bytes.count + 1)
    for byte in bytes { text.append(CChar(bitPattern: byte)) }
    text.append(0)
    return text.withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { preconditionFailure("the buffer holds at least the final zero") }
        return body(start)
    }
}

private func withCStrings<R>(_ texts: [[UInt8]], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R) -> R {
    var storage: [CChar] = []
    var offsets: [Int] = []
    for text in texts {
        offsets.append(storage.count)
        storage.append(contentsOf: text.map { CChar(bitPattern: $0) })
        storage.append(0)
    }
    return storage.withUnsafeMutableBufferPointer { buffer in
        let pointers = offsets.map { offset in buffer.baseAddress.map { $0 + offset } }
        return pointers.withUnsafeBufferPointer { list in
            guard let start = list.baseAddress else { preconditionFailure("a request names at least one filter") }
            return body(start)
        }
    }
}
