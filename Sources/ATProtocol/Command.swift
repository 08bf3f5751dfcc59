/// One line to the module, with the data that follows its prompt, if any.
public struct Command: Equatable, Sendable {
    /// `AT+CMQTTTOPIC=0,3`: without the CR.
    public var line: [UInt8]
    /// Written after the prompt. Its length is the one the line declares.
    public var data: [UInt8]?
    /// Byte ranges of `line` and `data` that no record, error or log may show.
    public var secrets: [Secret]
    public var spec: CommandSpec
    /// Total, from submission. Nil: `spec.maximum`, counted from the write.
    public var timeout: Duration?

    public init(
        line: [UInt8],
        data: [UInt8]? = nil,
        secrets: [Secret] = [],
        spec: CommandSpec = CommandSpec(),
        timeout: Duration? = nil
    ) {
        self.line = line
        self.data = data
        self.secrets = secrets
        self.spec = spec
        self.timeout = timeout
    }
}

/// A byte range that is replaced by `*`, one for one, wherever it would be shown.
public struct Secret: Equatable, Sendable {
    public enum Part: Equatable, Sendable { case line, data }

    public var part: Part
    public var range: Range<Int>
    /// What the bytes are, for the trace's `mask`: "pin", "password", "key".
    public var label: String

    public init(part: Part, range: Range<Int>, label: String) {
        self.part = part
        self.range = range
        self.label = label
    }
}
