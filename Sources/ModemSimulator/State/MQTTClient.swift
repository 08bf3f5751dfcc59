/// One of the two MQTT clients.
struct MQTTClient: Sendable {
    enum Link: Equatable, Sendable { case down, connecting, up, disconnecting }

    struct Acquisition: Equatable, Sendable {
        var identifier: [UInt8]
        /// 0 TCP, 1 TLS.
        var serverType: Int
    }

    /// What CONNECT was given, for its read form.
    struct Address: Equatable, Sendable {
        var text: [UInt8]
        var keepAlive: Int
        var cleanSession: Int
        var user: [UInt8]?
        var password: [UInt8]?
    }

    struct WillMessage: Equatable, Sendable {
        var payload: [UInt8]
        var qos: UInt8
    }

    /// A request that waits for the network.
    struct OpenRequest: Equatable, Sendable {
        enum Kind: Equatable, Sendable { case connect, disconnect, publish, subscribe, unsubscribe }
        var kind: Kind
        var ticket: Ticket
        /// The filters of a subscribe or unsubscribe request.
        var filters: [[UInt8]]
    }

    /// Nil: the client is free.
    var acquisition: Acquisition?
    /// MQTT protocol level: 3 is 3.1, 4 is 3.1.1.
    var version = 3
    var checksUTF8 = true
    /// `optimeout`, seconds.
    var operationTimeout = 120
    var topicsAreArguments = false
    /// Second value of `argtopic`: the length stands in received messages.
    var reportsLength = false
    var willTopic: [UInt8]?
    var willMessage: WillMessage?
    var link = Link.down
    var address: Address?
    var topic: [UInt8]?
    var payload: [UInt8]?
    var subscribeQueue: [UplinkRequest.Filter] = []
    var unsubscribeQueue: [[UInt8]] = []
    /// Filters that the server has granted, for the read form of SUB.
    var subscriptions: [[UInt8]] = []
    var request: OpenRequest?

    var isAcquired: Bool { acquisition != nil }

    /// What ends with a connection, however it ends.
    mutating func endConnection() {
        link = .down
        address = nil
        topic = nil
        payload = nil
        subscribeQueue = []
        unsubscribeQueue = []
        subscriptions = []
    }
}
