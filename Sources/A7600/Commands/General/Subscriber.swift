public import ATProtocol

// 3GPP TS 27.007 8.3: the SIM and its PIN.
extension Commands {
    static let pin = CommandDescription(
        "+CPIN",
        "state of the SIM; enter its PIN, or PUK and new PIN",
        [
            Form(.test, answer: .plain()),
            // The same line may come unasked just before.
            Form(.read, answer: .lines(.one, .prefix("+CPIN", .any))),
            Form(
                .write,
                [
                    Parameter("pin", .string(4...8, .digits), "PIN, or the PUK", secret: "pin"),
                    Parameter("new", .string(4...8, .digits), "the new PIN", presence: .optional, secret: "pin"),
                ],
                // A third wrong PIN locks the SIM.
                answer: .plain(repeatable: .unknownOutcome)
            ),
        ]
    )

    public func pinState() throws(ArgumentFault) -> Command {
        try build(Self.pin, .read)
    }

    /// - Parameters:
    ///   - pin: 4 to 8 digits; kept from every record.
    ///   - new: with a PUK as `pin`: the PIN from now on.
    public func enterPIN(_ pin: String, new: String? = nil) throws(ArgumentFault) -> Command {
        try build(Self.pin, .write, [.text(pin), new.map(Argument.text)])
    }
}
