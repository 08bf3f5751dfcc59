/// A line that may come unasked.
public struct URCSpec: Equatable, Sendable {
    /// Index of the spec in the engine's configuration.
    public typealias ID = Int

    public enum Meaning: Equatable, Sendable {
        case ordinary
        /// The module has started anew: everything it knew is gone.
        case restart
        /// The last line of a start, as far as a firmware sends it.
        case bootEnd
        /// The last line of a received message, `+CMQTTRXEND: 0`: reading is in step again behind it.
        case blockEnd
    }

    public enum Quoting: Equatable, Sendable {
        /// A line end ends the line, inside quotes too.
        case singleLine
        /// An open quote protects line ends (`+CUSD`); up to `Configuration.quotedLimit`, then an ordinary line.
        case multiline
    }

    public var shape: LineShape
    public var meaning: Meaning
    public var quoting: Quoting

    public init(_ shape: LineShape, meaning: Meaning = .ordinary, quoting: Quoting = .singleLine) {
        self.shape = shape
        self.meaning = meaning
        self.quoting = quoting
    }
}
