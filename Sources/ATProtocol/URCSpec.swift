/// A line that may come unasked.
public struct URCSpec: Equatable, Sendable {
    /// Index of the spec in the engine's configuration.
    public typealias ID = Int

    public enum Meaning: Equatable, Sendable {
        case ordinary
        /// The module has started anew: everything it knew is gone.
        case restart
    }

    public var shape: LineShape
    public var meaning: Meaning

    public init(_ shape: LineShape, meaning: Meaning = .ordinary) {
        self.shape = shape
        self.meaning = meaning
    }
}
