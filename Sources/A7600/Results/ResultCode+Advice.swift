extension ResultCode {
    /// The manual's name of the code; nil: it is in no table.
    public var name: String? { Self.table[rawValue]?.name }

    /// The most likely causes, in plain words. Empty: success or unknown.
    public var causes: String { Self.table[rawValue]?.causes ?? "" }

    /// What to do or look at next, in plain words. Empty: success or unknown.
    public var advice: String { Self.table[rawValue]?.advice ?? "" }

    /// The codes of the table, 0 to 35.
    public static let all = (0...35).map(ResultCode.init(rawValue:))

    private typealias Row = (name: String, causes: String, advice: String)

    private static let table: [Int: Row] = Dictionary(
        uniqueKeysWithValues: zip(0..., operation + network + client + protocolAndServer)
    )

    // Codes 0 to 2.
    private static let operation: [Row] = [
        ("operation succeeded", "", ""),
        (
            "failed", "SIM, APN or attach trouble; for SUB the access rules of the broker",
            "check CPIN, CEREG and the APN; for SUB the broker's rules for this topic"
        ),
        (
            "bad UTF-8 string", "binary data, Latin-1 text, or a length that cuts a character",
            "count bytes, not characters; check_utf8 = false for binary payloads"
        ),
    ]

    // Codes 3 to 9.
    private static let network: [Row] = [
        (
            "sock connect fail", "wrong port, firewall, private address, broker down",
            "open the address from another network; the module sits behind the operator's network, not yours"
        ),
        ("sock create fail", "no sockets left, network stack down", "close NETOPEN users; then CRESET"),
        ("sock close fail", "line lost during close", "treat as disconnected"),
        (
            "message receive fail",
            "the broker's policy forbids this topic or identifier (AWS), or a second client has the same identifier",
            "check the policy, and that the identifier is unique"
        ),
        (
            "network open fail", "no signal, APN, PDP user or password, plan without data",
            "behind a start wait for registration; check CSQ, CEREG, CGDCONT, CGAUTH"
        ),
        ("network close fail", "network already gone", "ignore, or CRESET"),
        ("network not opened", "detach, coverage", "wait for registration, then START again"),
    ]

    // Codes 10 to 24.
    private static let client: [Row] = [
        ("client index error", "script error: the index is not 0 or 1", "use client index 0 or 1"),
        ("no connection", "connection lost unnoticed", "look for CONNLOST; connect again"),
        (
            "invalid parameter", "ssl:// or mqtts:// address, timeout below its range, wildcard in a topic",
            "check each parameter against its range; the address begins with tcp:// for TLS too"
        ),
        ("not supported operation", "connected already: left over from before a host restart", "mqtt:reset()"),
        (
            "client is busy", "the next command was sent before the result of the last",
            "wait for the result; the host retries nothing"
        ),
        (
            "require connection fail", "some firmwares say this for any TLS failure",
            "as for 32: CA, SNI, clock, client certificate"
        ),
        ("sock sending fail", "radio loss", "reconnect; the outcome of the request is unknown"),
        (
            "timeout", "slow network, a port that is not MQTT, overloaded broker",
            "check the port and the broker's log; the outcome of a publish is unknown"
        ),
        (
            "topic is empty", "TOPIC failed before, or PUB was repeated; a will message without a topic",
            "enter the topic again before each PUB"
        ),
        ("client is used", "left over from before a host restart", "mqtt:reset()"),
        ("client not acquired", "order of commands, or the module restarted", "ACCQ first"),
        ("client not released", "REL missing", "REL both clients, then STOP"),
        (
            "length out of range", "topic above 1024 bytes, payload above 10240, or too many queued filters",
            "shorten or split it"
        ),
        ("network is opened", "left over from before a host restart", "adopt the running service, or STOP"),
        ("packet fail", "not an MQTT server, or a proxy between", "check the port"),
    ]

    // Codes 25 to 35.
    private static let protocolAndServer: [Row] = [
        ("DNS error", "typing error, private DNS", "try the IP address; check the APN's DNS"),
        (
            "socket is closed by server",
            "the broker wants a client certificate (authmode 0 or 1), a TLS port used as plain or the reverse, policy",
            "authmode 2 with certificate and key; the server_type of ACCQ; the broker's log"
        ),
        (
            "refused: unaccepted protocol version", "the broker takes MQTT 3.1.1 only",
            "choose version 4 (MQTT 3.1.1) where the firmware can: CMQTTCFG \"version\", or the fourth parameter of ACCQ"
        ),
        (
            "refused: identifier rejected", "identifier too long, or forbidden characters",
            "use a shorter identifier; check the broker's rule"
        ),
        ("refused: server unavailable", "broker overloaded, quota", "try again later"),
        (
            "refused: bad user name or password", "typing error, expired token",
            "renew the token; it goes into the user name for some brokers"
        ),
        (
            "refused: not authorized",
            "bad user name or password (mosquitto answers this for all refusals), identifier not allowed",
            "read the broker's log"
        ),
        (
            "handshake fail",
            "wrong CA (leaf or intermediate instead of root), SNI off, clock with ignorelocaltime 0, client certificate "
                + "missing or refused, old version or ciphers",
            "check CA, SNI, clock and authmode of the bound context, in this order"
        ),
        (
            "not set certificate", "cacert, clientcert or clientkey missing in this context",
            "set the file in the context that is bound"
        ),
        (
            "Open session failed",
            "a file name differs by a letter, CRLF or wrong length, encrypted or EC key, binding to another context; "
                + "some firmwares use it for a failed handshake too",
            "certs:list, install the files again with checks; then as for 32"
        ),
        ("Disconnect from server failed", "the connection was gone", "treat as disconnected"),
    ]
}
