/// What the text is made of.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        case symbol(Symbol)
        case name(String)
        case string([UInt8])
        case integer(Int64)
        case number(Double)
        /// A byte that begins nothing.
        case stray(UInt8)
        case end
    }

    var kind: Kind
    var line: Int
    /// Where it stands in the source.
    var range: Range<Int>

    func `is`(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
}
