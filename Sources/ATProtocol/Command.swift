/// One line to the module, with the data that follows its prompt, if any.
///
/// A command goes through several hands before it is written; its copies share one storage.
public struct Command: Equatable, Sendable {
    private var storage: Storage

    public init(
        line: [UInt8],
        data: [UInt8]? = nil,
        secrets: [Secret] = [],
        spec: CommandSpec = CommandSpec(),
        timeout: Duration? = nil
    ) {
        storage = Storage(line: line, data: data, secrets: secrets, prepared: PreparedSpec(spec), timeout: timeout)
    }

    /// `AT+CMQTTTOPIC=0,3`: without the CR.
    public var line: [UInt8] {
        _read { yield storage.line }
        set { storage = storage.with(line: newValue) }
    }

    /// Written after the prompt. Its length is the one the line declares.
    public var data: [UInt8]? {
        _read { yield storage.data }
        set { storage = storage.with(data: newValue) }
    }

    /// Byte ranges of `line` and `data` that no record, error or log may show.
    public var secrets: [Secret] {
        _read { yield storage.secrets }
        set { storage = storage.with(secrets: newValue) }
    }

    public var spec: CommandSpec {
        _read { yield storage.prepared.spec }
        set { storage = storage.with(prepared: PreparedSpec(newValue)) }
    }

    /// Total, from submission. Nil: `spec.maximum`, counted from the write.
    public var timeout: Duration? {
        get { storage.timeout }
        set { storage = storage.with(timeout: newValue) }
    }

    /// The line as it is written, with the CR.
    var written: [UInt8] { storage.written }

    var prepared: PreparedSpec { storage.prepared }

    /// Position of the first byte of the line that must not stand there.
    var forbidden: Int? { storage.forbidden }

    public static func == (left: Command, right: Command) -> Bool {
        left.storage === right.storage
            || left.line == right.line && left.data == right.data && left.secrets == right.secrets
                && left.timeout == right.timeout && left.spec == right.spec
    }

    private final class Storage: Sendable {
        let line: [UInt8]
        let written: [UInt8]
        let data: [UInt8]?
        let secrets: [Secret]
        let prepared: PreparedSpec
        let timeout: Duration?
        let forbidden: Int?

        convenience init(
            line: [UInt8],
            data: [UInt8]?,
            secrets: [Secret],
            prepared: PreparedSpec,
            timeout: Duration?
        ) {
            self.init(
                line,
                written: line + [.carriageReturn],
                data,
                secrets,
                prepared,
                timeout,
                forbidden: line.firstIndex { $0.isForbiddenInCommands }
            )
        }

        private init(
            _ line: [UInt8],
            written: [UInt8],
            _ data: [UInt8]?,
            _ secrets: [Secret],
            _ prepared: PreparedSpec,
            _ timeout: Duration?,
            forbidden: Int?
        ) {
            self.line = line
            self.written = written
            self.data = data
            self.secrets = secrets
            self.prepared = prepared
            self.timeout = timeout
            self.forbidden = forbidden
        }

        func with(line: [UInt8]) -> Storage {
            Storage(line: line, data: data, secrets: secrets, prepared: prepared, timeout: timeout)
        }

        func with(data: [UInt8]?) -> Storage {
            Storage(line, written: written, data, secrets, prepared, timeout, forbidden: forbidden)
        }

        func with(secrets: [Secret]) -> Storage {
            Storage(line, written: written, data, secrets, prepared, timeout, forbidden: forbidden)
        }

        func with(prepared: PreparedSpec) -> Storage {
            Storage(line, written: written, data, secrets, prepared, timeout, forbidden: forbidden)
        }

        func with(timeout: Duration?) -> Storage {
            Storage(line, written: written, data, secrets, prepared, timeout, forbidden: forbidden)
        }
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
