import LuaRuntime

/// The tables that functions of the modem side return, field by field.
enum ScriptRecords {
    static let all: [LuaDocumentation.Record] = modem + lines + certificates + mqtt + [error]

    private static let modem: [LuaDocumentation.Record] = [
        .init(
            "Reply",
            "The answer to a command.",
            fields: [
                .init("lines", "string[]", "Information lines, in order."),
                .init("fields", "any[]", "Fields of the first line, or of the asynchronous result."),
                .init("result", "string", optional: true, "The line of the asynchronous result."),
                .init("final", "string", "The final result code: `OK`."),
                .init("elapsed", "number", unit: "s", "From the call to the last line."),
            ]
        ),
        .init(
            "ModemInfo",
            "Who a module and its SIM are.",
            fields: [
                .init("manufacturer", "string", "As the module writes it."),
                .init("model", "string", "Such as `A7600C`."),
                .init("revision", "string", "Of the firmware."),
                .init("imei", "string", "15 digits."),
                .init("imsi", "string", optional: true, "Nil without a SIM."),
                .init("iccid", "string", optional: true, "Nil without a SIM."),
            ]
        ),
        .init(
            "Signal",
            "The strength of the signal.",
            fields: [
                .init("rssi_dbm", "integer", unit: "dBm", optional: true, "-113 to -51; nil when not known."),
                .init("ber", "integer", optional: true, "Class of the bit error rate, 0 to 7; nil when not known."),
            ]
        ),
        .init(
            "Registration",
            """
            Where a module is registered: "home" "roaming" "searching" "denied" "idle" "sms only" "emergency only" \
            "unknown".
            """,
            fields: [
                .init("cs", "string", optional: true, "Circuit switched services."),
                .init("ps", "string", optional: true, "Packet data on 2G and 3G."),
                .init("eps", "string", optional: true, "Packet data on LTE."),
            ]
        ),
    ]

    private static let lines: [LuaDocumentation.Record] = [
        .init(
            "LineHit",
            "An unsolicited line that fits a pattern; its captures stand at 1, 2, ….",
            fields: [
                .init("line", "string", "The whole line."),
                .init("index", "integer", "Which of several patterns it fits, from 1."),
                .init("message", "Message", optional: true, "With `+CMQTTRX`: the received message."),
            ]
        ),
        .init(
            "ModemEvent",
            "One event of the line.",
            fields: [
                .init("kind", "string", "`urc message lost late anomaly restarted port`."),
                .init("text", "string", "In words, or the line itself."),
                .init("line", "string", optional: true, "Of a `urc`."),
                .init("message", "Message", optional: true, "Of a `message`."),
                .init("client", "integer", optional: true, "Of `lost`, when it concerns one client."),
                .init("cause", "integer", optional: true, "Of `lost`: as in +CMQTTCONNLOST; 0: a restart, or no port."),
                .init("expected", "boolean", optional: true, "Of `restarted`: whether the module was told to."),
            ]
        ),
        .init(
            "ReopenEvent",
            "The port was gone and is open again.",
            fields: [
                .init("opening", "integer", "Which opening this is; 2 for the first return."),
                .init("text", "string", "In words."),
            ]
        ),
        .init(
            "Message",
            "A received MQTT message.",
            fields: [
                .init("topic", "string", "Its topic."),
                .init("payload", "string", "Its bytes."),
                .init("client", "integer", "The client that got it, 0 or 1."),
                .init("complete", "boolean", "false: bytes are missing, the line was disturbed."),
            ]
        ),
        .init(
            "Loss",
            "The loss of a connection.",
            fields: [
                .init("cause", "integer", "1 to 3 as in +CMQTTCONNLOST; 0: the module restarted, or its port is gone."),
                .init("text", "string", "The cause in words."),
            ]
        ),
    ]

    private static let certificates: [LuaDocumentation.Record] = [
        .init(
            "InstalledFile",
            "A file in the module's store.",
            fields: [
                .init("name", "string", "Its name there."),
                .init("bytes", "integer", unit: "bytes", "Its length."),
                .init("sha256", "string", "Of its content, 64 hexadecimal digits."),
                .init("skipped", "boolean", "true: it was there already, nothing was sent."),
                .init("warnings", "string[]", "What some firmwares may not take."),
            ]
        ),
        .init(
            "SyncResult",
            "What became of the files of `sync`, by name.",
            fields: [
                .init("installed", "string[]", "Sent."),
                .init("skipped", "string[]", "There already."),
                .init("deleted", "string[]", "Deleted, with `prune`."),
            ]
        ),
        .init(
            "TLSSettings",
            "An SSL context; what a firmware does not have is absent.",
            fields: TLSContextObject.fields
        ),
        .init(
            "TLSChange",
            "One change of an SSL context.",
            fields: [
                .init("name", "string", "The field."),
                .init("from", "any", "Its value before."),
                .init("to", "any", "Its value now."),
                .init("text", "string", "Both in words: `sni: false → true`."),
            ]
        ),
        .init(
            "CertificateInfo",
            "What a certificate or key file holds; of a key only `key_type`, `key_bits` and `container`.",
            fields: [
                .init("subject", "string", optional: true, "As in RFC 4514."),
                .init("issuer", "string", optional: true, "As in RFC 4514."),
                .init("common_name", "string", optional: true, "Of the subject."),
                .init("not_before", "integer", unit: "s", optional: true, "Since 1970, UTC."),
                .init("not_after", "integer", unit: "s", optional: true, "Since 1970, UTC."),
                .init("key_type", "string", optional: true, "`rsa`, `ec` and others."),
                .init("key_bits", "integer", unit: "bits", optional: true, "Size of the key."),
                .init("san", "string[]", optional: true, "Alternative names."),
                .init("is_ca", "boolean", optional: true, "Whether it may issue others."),
                .init("self_issued", "boolean", optional: true, "Whether issuer and subject are the same."),
                .init("serial", "string", optional: true, "Hexadecimal digits."),
                .init("sha256", "string", optional: true, "Of the certificate, 64 hexadecimal digits."),
                .init("chain", "integer", optional: true, "Certificates in the file."),
                .init("container", "string", optional: true, "Of a key: `rsa`, `pkcs8`, `ec`, `encrypted`."),
            ]
        ),
    ]

    private static let mqtt: [LuaDocumentation.Record] = [
        .init(
            "PublishAck",
            "A publish that is through.",
            fields: [
                .init("elapsed", "number", unit: "s", "From the call to the result."),
                .init("bytes", "integer", unit: "bytes", "Length of the payload."),
                .init("qos", "integer", "As asked for."),
            ]
        ),
        .init(
            "MQTTState",
            "What a module holds of MQTT.",
            fields: [
                .init("service", "string", "`started` or `stopped`."),
                .init("clients", "MQTTClientState[]", "Those that are acquired."),
            ]
        ),
        .init(
            "MQTTClientState",
            "A client that a module holds.",
            fields: [
                .init("index", "integer", "0 or 1."),
                .init("id", "string", "Client identifier."),
                .init("type", "string", "`tcp` or `tls`."),
                .init("connected", "boolean", "Whether it is connected."),
            ]
        ),
    ]

    private static let error = LuaDocumentation.Record(
        "Error",
        "An error object: what `pcall` and `try` give; `tostring` makes one line of it.",
        fields: [
            .init(
                "kind",
                "string",
                """
                What to branch on: `timeout error cme cms mqtt lost prompt closed cancelled protocol argument check \
                denied memory internal`.
                """
            ),
            .init("message", "string", "One line, without the place."),
            .init("code", "integer", optional: true, "The module's number."),
            .init("name", "string", optional: true, "The number in words: `handshake fail`."),
            .init("hint", "string", optional: true, "What to look at next."),
            .init("command", "string", optional: true, "The command line, secrets masked."),
            .init("lines", "string[]", optional: true, "Information lines that came."),
            .init("before", "string", optional: true, "What did arrive, the last 2 kB."),
            .init("urcs", "string[]", optional: true, "Unsolicited lines seen meanwhile."),
            .init("elapsed", "number", unit: "s", optional: true, "From the call on."),
            .init("where", "string", optional: true, "`provision.lua:12`."),
            .init("traceback", "string", optional: true, "Taken where it was raised."),
            .init(
                "reason",
                "string",
                optional: true,
                "Of `cancelled`: `deadline burst memory operator scope timeout output`."
            ),
            .init("task", "string", optional: true, "The task that failed."),
            .init("parent", "string", optional: true, "The task that spawned it."),
            .init("suppressed", "Error[]", optional: true, "Errors of other tasks that came after it."),
            .init("problems", "string[]", optional: true, "Of `check`: everything that is wrong."),
            .init("outcome", "string", optional: true, "Of a publish: `unknown` when it may have happened."),
        ]
    )
}
