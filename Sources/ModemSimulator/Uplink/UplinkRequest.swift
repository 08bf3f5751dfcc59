/// What the simulated module asks of its network side. Every request is answered by exactly one event that names
/// the same client and, where there is one, the same token; `abandon` is not answered.
package enum UplinkRequest: Equatable, Sendable {
    /// Answered by `connected` or `connectFailed`.
    case connect(client: Int, UplinkConnection)
    /// A farewell with DISCONNECT; answered by `disconnected`.
    case disconnect(client: Int)
    /// Answered by `published`: QoS 0 when handed to the socket, 1 at PUBACK, 2 at PUBCOMP.
    case publish(client: Int, token: UInt64, UplinkMessage)
    /// Answered by `subscribed` at SUBACK.
    case subscribe(client: Int, token: UInt64, filters: [Filter])
    /// Answered by `unsubscribed` at UNSUBACK.
    case unsubscribe(client: Int, token: UInt64, filters: [[UInt8]])
    /// Drops the connection without a farewell: loss of radio, restart of the module. Nothing answers.
    case abandon(client: Int)

    package struct Filter: Equatable, Sendable {
        package var topic: [UInt8]
        package var qos: UInt8
        package init(topic: [UInt8], qos: UInt8) {
            self.topic = topic
            self.qos = qos
        }
    }
}

/// A message as MQTT carries it.
package struct UplinkMessage: Equatable, Sendable {
    package var topic: [UInt8]
    package var payload: [UInt8]
    package var qos: UInt8
    package var retain: Bool

    package init(topic: [UInt8], payload: [UInt8], qos: UInt8, retain: Bool = false) {
        self.topic = topic
        self.payload = payload
        self.qos = qos
        self.retain = retain
    }
}

/// Everything CONNECT needs, taken from the module's state at that moment.
package struct UplinkConnection: Equatable, Sendable {
    /// The MQTT protocol level: 3 is MQTT 3.1, 4 is MQTT 3.1.1.
    package var version: Int
    package var host: String
    package var port: Int
    package var clientID: [UInt8]
    package var keepAlive: Int
    package var cleanSession: Bool
    package var user: [UInt8]?
    package var password: [UInt8]?
    package var will: UplinkMessage?
    /// Nil: plain TCP.
    package var tls: UplinkTLS?
    /// Seconds until the socket or CONNACK wait counts as failed (`optimeout`).
    package var timeout: Int

    package init(
        version: Int = 3,
        host: String,
        port: Int,
        clientID: [UInt8],
        keepAlive: Int,
        cleanSession: Bool,
        user: [UInt8]? = nil,
        password: [UInt8]? = nil,
        will: UplinkMessage? = nil,
        tls: UplinkTLS? = nil,
        timeout: Int = 120
    ) {
        self.version = version
        self.host = host
        self.port = port
        self.clientID = clientID
        self.keepAlive = keepAlive
        self.cleanSession = cleanSession
        self.user = user
        self.password = password
        self.will = will
        self.tls = tls
        self.timeout = timeout
    }
}

/// An SSL context with the content of its files, as `AT+CSSLCFG` left it.
package struct UplinkTLS: Equatable, Sendable {
    /// `sslversion`: 0 SSL 3.0, 1 TLS 1.0, 2 TLS 1.1, 3 TLS 1.2, 4 all up to 1.2.
    package var version: Int
    /// Whether the chain of the server is verified against `ca` (authmode 1 and 2).
    package var verifiesServer: Bool
    package var ca: [UInt8]?
    /// Nil unless authmode is 2 or 3.
    package var certificate: [UInt8]?
    package var key: [UInt8]?
    package var keyPassword: [UInt8]?
    /// The module's clock for date checks, in Unix seconds; nil: dates are not checked (`ignorelocaltime` 1).
    package var checksDatesAt: Int64?
    /// The name sent as SNI; nil: none.
    package var serverName: String?
    /// Seconds (`negotiatetime`).
    package var timeout: Int

    package init(
        version: Int = 4,
        verifiesServer: Bool,
        ca: [UInt8]? = nil,
        certificate: [UInt8]? = nil,
        key: [UInt8]? = nil,
        keyPassword: [UInt8]? = nil,
        checksDatesAt: Int64? = nil,
        serverName: String? = nil,
        timeout: Int = 300
    ) {
        self.version = version
        self.verifiesServer = verifiesServer
        self.ca = ca
        self.certificate = certificate
        self.key = key
        self.keyPassword = keyPassword
        self.checksDatesAt = checksDatesAt
        self.serverName = serverName
        self.timeout = timeout
    }
}
