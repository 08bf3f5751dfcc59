public import ATProtocol

// 3GPP TS 27.007 clause 10: PDP contexts and their addresses.
extension Commands {
    private static let cid = Parameter("cid", .integer(1...15), "number of the PDP context")
    private static let family = Parameter("type", .keyword(["IP", "IPV6", "IPV4V6"]), "protocol")
    private static let apn = Parameter("apn", .string(0...99, .printable), "access point name", presence: .skippable)

    static let defineContext = CommandDescription(
        "+CGDCONT",
        "define a PDP context; saved",
        [
            Form(.test, answer: .test("+CGDCONT", .many, first: .any)),
            Form(.read, answer: .lines(.many, .prefix("+CGDCONT", .integer, .string, .string, extra: .allowed))),
            Form(
                .write,
                [
                    cid, family.orNone(.skippable), apn,
                    Parameter("address", .string(0...64, .printable), "fixed address", presence: .skippable),
                    Parameter("dataCompression", .integer(0...3), "0 off", presence: .skippable),
                    Parameter("headerCompression", .integer(0...4), "0 off", presence: .optional),
                ],
                answer: .plain()
            ),
        ]
    )

    static let legacyContext = CommandDescription(
        "+CGSOCKCONT",
        "define a PDP context, in older firmwares",
        [
            Form(.test, isOffered: { $0.legacySocket == .accepted }) { _, _ in .test("+CGSOCKCONT", .many, first: .any)
            },
            Form(.read, isOffered: { $0.legacySocket == .accepted }) { _, _ in
                .lines(.many, .prefix("+CGSOCKCONT", .integer, .string, .string, extra: .allowed))
            },
            Form(.write, [cid, family.orNone(), apn], isOffered: { $0.legacySocket == .accepted }) { _, _ in .plain() },
        ]
    )

    static let authentication = CommandDescription(
        "+CGAUTH",
        "user and password of a PDP context; the password stands before the user",
        [
            Form(.test, answer: .test("+CGAUTH", .many, first: .any)),
            Form(
                .read,
                answer: .lines(
                    .many,
                    .prefix("+CGAUTH", .integer, extra: .allowed),
                    secret: [.init(2, label: "password"), .init(3, label: "user")]
                )
            ),
            Form(
                .write,
                [
                    cid, protection,
                    Parameter(
                        "password",
                        .string(0...127, .printable),
                        "password",
                        presence: .skippable,
                        secret: "password"
                    ),
                    Parameter("user", .string(0...127, .printable), "user name", presence: .optional, secret: "user"),
                ],
                answer: .plain()
            ),
        ]
    )

    static let legacyAuthentication = CommandDescription(
        "+CSOCKAUTH",
        "user and password of a PDP context, in older firmwares",
        [
            Form(
                .read,
                answer: .lines(
                    .many,
                    .prefix("+CSOCKAUTH", .integer, extra: .allowed),
                    secret: [.init(2, label: "password"), .init(3, label: "password")]
                )
            ),
            Form(
                .write,
                [
                    cid, protection,
                    Parameter(
                        "first",
                        .string(0...127, .printable),
                        "user or password",
                        presence: .optional,
                        secret: "password"
                    ),
                    Parameter(
                        "second",
                        .string(0...127, .printable),
                        "the other",
                        presence: .optional,
                        secret: "password"
                    ),
                ],
                isOffered: { $0.legacySocket == .accepted },
                answer: { _, _ in .plain() }
            ),
        ]
    )

    private static let protection = Parameter("protocol", .integer(0...3), "0 none, 1 PAP, 2 CHAP, 3 either")

    static let attach = CommandDescription(
        "+CGATT",
        "attachment to packet services",
        [
            Form(.test, answer: .test("+CGATT", first: .any)),
            Form(.read, answer: .lines(.one, .prefix("+CGATT", .integer))),
            Form(
                .write,
                [Parameter("state", .integer(0...1), "1 attach, 0 detach")],
                answer: .plain(maximum: .seconds(75))
            ),
        ]
    )

    static let activate = CommandDescription(
        "+CGACT",
        "activation of PDP contexts",
        [
            Form(.test, answer: .test("+CGACT", first: .any)),
            Form(.read, answer: .lines(.many, .prefix("+CGACT", .integer, .integer))),
            Form(
                .write,
                [Parameter("state", .integer(0...1), "1 activate, 0 deactivate"), cid.orNone()],
                answer: .plain(maximum: .seconds(75))
            ),
        ]
    )

    static let addresses = CommandDescription(
        "+CGPADDR",
        "addresses of PDP contexts",
        [
            Form(.test, answer: .test("+CGPADDR", first: .any)),
            Form(.execute, answer: .lines(.many, .prefix("+CGPADDR", .integer, extra: .allowed))),
            Form(.write, [cid], answer: .lines(.many, .prefix("+CGPADDR", .integer, extra: .allowed))),
        ]
    )

    /// - Parameters:
    ///   - cid: 1 to 15.
    ///   - type: `IP`, `IPV6` or `IPV4V6`.
    public func defineContext(cid: Int, type: String, apn: String) throws(ArgumentFault) -> Command {
        try build(Self.defineContext, .write, [.integer(cid), .text(type), .text(apn)])
    }

    public func contexts() throws(ArgumentFault) -> Command { try build(Self.defineContext, .read) }

    /// - Parameter protection: 0 none, 1 PAP, 2 CHAP, 3 either.
    public func authentication(
        cid: Int,
        protection: Int,
        user: String? = nil,
        password: String? = nil
    ) throws(ArgumentFault) -> Command {
        // The password's place is before the user's.
        let first = password.map(Argument.text) ?? (user == nil ? nil : .text(""))
        return try build(
            Self.authentication,
            .write,
            [.integer(cid), .integer(protection), first, user.map(Argument.text)]
        )
    }

    public func attachState() throws(ArgumentFault) -> Command { try build(Self.attach, .read) }

    public func attach(_ on: Bool) throws(ArgumentFault) -> Command { try build(Self.attach, .write, [.flag(on)]) }

    public func activate(_ on: Bool, cid: Int) throws(ArgumentFault) -> Command {
        try build(Self.activate, .write, [.flag(on), .integer(cid)])
    }

    /// - Parameter cid: nil for all defined contexts.
    public func addresses(cid: Int? = nil) throws(ArgumentFault) -> Command {
        guard let cid else { return try build(Self.addresses, .execute) }
        return try build(Self.addresses, .write, [.integer(cid)])
    }
}
